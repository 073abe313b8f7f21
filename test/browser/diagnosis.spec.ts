// A real door, a real Python program that leaks, a real browser: diagnosed from the page, and an object of a snapshot followed to who holds it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures.ts";

const example = "list_leaky.py";
const source = readFileSync(join(import.meta.dirname, "../../examples", example), "utf8").split("\n");
const leakingLine = 1 + source.findIndex((line) => line.includes("# leaks here"));
const patience = { timeout: 60_000 };

test("a diagnosis begun in the page names the function, says why an object is alive, and is copied", async ({
  page,
  context,
  realDoor,
  program,
  trouble,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { pid } = await program(`examples/${example}`);
  await page.goto(realDoor.url);
  await page.getByRole("link", { name: "Suspects", exact: true }).click();
  await page.getByLabel("Process", { exact: true }).selectOption(String(pid));
  await page.getByLabel("How long", { exact: true }).selectOption("15");
  await page.getByRole("button", { name: "Diagnose", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Diagnosing process ${pid}` })).toBeVisible(patience);
  await expect(page.getByRole("button", { name: "End it now" })).toBeEnabled();
  const cards = page.getByRole("list", { name: "Suspects" });
  await expect(cards.getByRole("listitem").first()).toContainText(`${example}:${leakingLine}`, patience);
  await expect(page.getByText("✗ leak", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Copy for a bug report" }).click(patience);
  const copied = () => page.evaluate(async () => (await navigator.clipboard.readText()).replaceAll("\\", ""));
  await expect.poll(copied).toContain("# Refscope diagnosis");
  const report = await copied();
  expect(report).toMatch(new RegExp(`pid ${pid}, Python 3\\.\\d+\\.\\d+ release, linux-`));
  expect(report).toContain(`${example}:${leakingLine}`);
  expect(report).toMatch(/heap graphs; [\d,]+ events, none dropped/);
  await page.getByRole("link", { name: "Why it is alive" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("is held by", patience);
  await page.getByRole("link", { name: "Live", exact: true }).click();
  await page.getByLabel("From second").fill("1");
  await page.getByLabel("To second").fill("3");
  await page.keyboard.press("Enter");
  const survivors = page.getByRole("table", { name: "Survivors by site" });
  await expect(survivors.getByRole("row").nth(1)).toContainText(`${example}:${leakingLine}`, patience);
  await expect(survivors.getByRole("row").nth(1)).toContainText("100.0 %");
  expect(trouble).toEqual([]);
});

test("from a snapshot of a process to a type, to an object, to the way to it", async ({
  page,
  realDoor,
  program,
  trouble,
}) => {
  const { pid } = await program(`examples/${example}`);
  await page.goto(realDoor.url);
  await page.getByRole("link", { name: "Snapshot", exact: true }).click();
  await page.getByLabel("Process", { exact: true }).selectOption(String(pid));
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  const types = page.getByRole("table", { name: "Types" });
  await expect(types).toBeVisible(patience);
  await page.getByRole("searchbox").fill("module -.");
  await types.getByRole("link", { name: "module", exact: true }).click();
  const objects = page.getByRole("table", { name: "Objects" });
  await objects.getByRole("link").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("This module is held by", patience);
  await page.getByRole("table", { name: "Holders" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("held", patience);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("This module", patience);
  expect(trouble).toEqual([]);
});

test("the open suspect is in the address, with its lines of C; a watch of it is made ready", async ({
  page,
  scene,
  trouble,
}) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Suspects", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Two leaks: str, native memory; kept/);
  await expect(page.getByRole("figure", { name: "Source of objToJSON.c:312" })).toContainText("PyIter_Next");
  await expect(page.getByRole("img", { name: "Live over time: from 200 to 6,000" }).first()).toBeVisible();
  await page.getByRole("button", { name: /shop\.cache\.Entry/ }).click();
  await expect(page).toHaveURL(/suspect=2/);
  await expect(page.getByText("Needs marks")).toBeVisible();
  await page.goBack();
  await expect(page.getByText("Needs marks")).toHaveCount(0);
  await page.goForward();
  await page.getByRole("link", { name: "Watch an object" }).click();
  await expect(page).toHaveURL(/watch=0x10c0/);
  expect(trouble).toEqual([]);
});

test("a suspect that is known is muted with its reason, counted apart, and unmuted", async ({
  page,
  scene,
  trouble,
}) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Suspects", exact: true }).click();
  const cards = page.getByRole("list", { name: "Suspects" }).getByRole("heading", { level: 2 });
  await page.getByRole("button", { name: /shop\.cache\.Entry/ }).click();
  await page.getByText("It is known: mute it").click();
  await page.getByLabel("Why", { exact: true }).fill("bounded by hand");
  await page.getByRole("button", { name: "Mute", exact: true }).click();
  await expect(cards).toHaveCount(2);
  await page.getByText("1 suspect is muted").click();
  await expect(page.getByText("bounded by hand")).toBeVisible();
  await page.getByRole("button", { name: "Unmute" }).click();
  await expect(cards).toHaveCount(3);
  expect(trouble).toEqual([]);
});

test("who holds an object of a snapshot is shown below, with its distance from a root", async ({
  page,
  scene,
  trouble,
}) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Snapshot", exact: true }).click();
  await page.getByRole("table", { name: "Types" }).getByRole("link", { name: "app.User", exact: true }).click();
  await page.getByRole("button", { name: "Holders of 0x1100" }).click();
  const holders = page.getByRole("table", { name: "Holders of it" });
  await expect(holders.getByRole("row").nth(1)).toContainText("list");
  await expect(holders.getByRole("row").nth(1).getByRole("cell").last()).toHaveText("3");
  await expect(page).toHaveURL(/object=0x1100/);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(holders).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("a tree of who retains what is walked with the arrow keys", async ({ page, scene, trouble }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Snapshot", exact: true }).click();
  await page.getByRole("button", { name: "Who retains what" }).click();
  const tree = page.getByRole("treegrid", { name: "Who retains what" });
  await tree.getByRole("button", { name: "module" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(tree.getByRole("row", { name: "0x000000001040" })).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(tree.getByRole("row", { name: "0x0000000010c0" })).toHaveAttribute("aria-level", "3");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(tree.getByRole("button", { name: "module" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(tree.getByRole("row", { name: "0x000000001040" })).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("a stretch of time dragged over the chart shows what of it is still alive", async ({ page, scene, trouble }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Live", exact: true }).click();
  const chart = page.locator(".brush");
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (!box) throw new Error("no chart");
  await page.mouse.move(box.x + 300, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 420, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d/);
  await expect(page.getByRole("table", { name: "Survivors by site" })).toBeVisible();
  await page.getByLabel("From second").fill("10");
  await page.getByLabel("To second").fill("30");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=10&to=30/);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByRole("table", { name: "Survivors by site" })).toHaveCount(0);
  expect(trouble).toEqual([]);
});
