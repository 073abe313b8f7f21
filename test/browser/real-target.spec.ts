// A real door, a real Python program that leaks, a real browser: picked, recorded, watched, found, stopped, opened again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const example = "list_leaky.py";
const leakingLine =
  1 +
  readFileSync(join(import.meta.dirname, "../../examples", example), "utf8")
    .split("\n")
    .findIndex((line) => line.includes("# leaks here"));
const patience = { timeout: 30_000 };

async function begin(page: Page, url: string, pid: number, more: readonly RegExp[] = []): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: String(pid), exact: true }).click();
  await expect(
    page
      .getByRole("region", { name: `Checks of process ${pid}` })
      .getByText("✓")
      .first(),
  ).toBeVisible();
  for (const name of more) await page.getByRole("checkbox", { name }).check();
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("figure", { name: "Live objects" })).toBeVisible(patience);
}

const liveObjects = async (page: Page) =>
  Number((await page.locator(".stat", { hasText: "Live objects" }).locator("b").textContent())?.replace(/\D/g, ""));

test("from the picker to the line that leaks, and back from the library", async ({
  page,
  realDoor,
  program,
  trouble,
}) => {
  const { pid } = await program(`examples/${example}`);
  await begin(page, realDoor.url, pid);
  const first = await liveObjects(page);
  await expect.poll(() => liveObjects(page), patience).toBeGreaterThan(first + 1500);

  await page.getByRole("link", { name: "What grows" }).first().click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText(`${example}:${leakingLine}`, patience);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByRole("banner")).toContainText("recorded", patience);
  await expect(heading).toContainText(`${example}:${leakingLine}`);

  await page.getByRole("link", { name: "Recordings" }).click();
  const row = page.getByRole("row", { name: new RegExp(String(pid)) });
  await expect(row).toContainText("verified", patience);
  await row.getByRole("link").click();
  await expect(heading).toContainText(`${example}:${leakingLine}`, patience);
  expect(trouble).toEqual([]);
});

test("a process that may not be traced is refused with its fix, and the fix helps", async ({
  page,
  context,
  nobodysDoor,
  realDoor,
  program,
  trouble,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  test.skip(nobodysDoor === undefined, "only root can be somebody else");
  const { pid } = await program(`examples/${example}`);
  await page.goto(nobodysDoor?.url ?? "");
  await expect(page.getByRole("row", { name: new RegExp(`${pid}\\b`) })).toContainText("belongs to root", patience);
  await page.getByRole("button", { name: String(pid), exact: true }).click();
  const checks = page.getByRole("region", { name: `Checks of process ${pid}` });
  await expect(checks).toContainText("it runs as root, Refscope as nobody", patience);
  await checks.getByRole("button", { name: /^Copy/ }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`sudo refscope record ${pid}`);
  await expect(page.getByRole("button", { name: "Record", exact: true })).toBeDisabled();

  await page.goto(realDoor.url);
  await page.getByRole("button", { name: String(pid), exact: true }).click();
  await expect(page.getByRole("button", { name: "Record", exact: true })).toBeEnabled(patience);
  expect(trouble).toEqual([]);
});

test("a target killed while it is watched is told, and its figures stay", async ({
  page,
  realDoor,
  program,
  trouble,
}) => {
  const { pid, kill } = await program(`examples/${example}`);
  await begin(page, realDoor.url, pid);
  await expect.poll(() => liveObjects(page), patience).toBeGreaterThan(100);
  kill();
  await expect(page.getByText("The recording ended early", { exact: true })).toBeVisible(patience);
  expect(await liveObjects(page)).toBeGreaterThan(100);
  expect(trouble).toEqual([]);
});

test("an engine that is killed while it records: the page says so, goes on with the next one, and what was shown is kept", async ({
  page,
  realDoor,
  program,
}) => {
  const { pid } = await program(`examples/${example}`);
  await begin(page, realDoor.url, pid);
  await expect.poll(() => liveObjects(page), patience).toBeGreaterThan(1000);
  realDoor.child.kill("SIGKILL");
  await expect(page.getByText("Connection to the engine lost")).toBeVisible(patience);
  const shown = await liveObjects(page);
  const again = await realDoor.again();
  await expect(page.getByRole("heading", { name: "This browser is not signed in" })).toBeVisible(patience);
  await page.goto(again.url);
  await expect(page.getByRole("contentinfo")).toContainText("engine connected");
  await page.getByRole("link", { name: "Recordings" }).click();
  const row = page.getByRole("row", { name: new RegExp(String(pid)) });
  await expect(row).toContainText("recovered", patience);
  await row.getByRole("link").click();
  await expect(page.getByText("Everything up to the last batch is here")).toBeVisible(patience);
  await page.getByRole("link", { name: "Live", exact: true }).click();
  await expect.poll(() => liveObjects(page), patience).toBeGreaterThanOrEqual(shown);
});

test("threads that share the GIL and errors that are caught are shown while they happen and afterwards", async ({
  page,
  realDoor,
  program,
  trouble,
}) => {
  const { pid } = await program("test/browser/convoy.py");
  await begin(page, realDoor.url, pid, [/^GIL/, /^errors/]);
  await page.getByRole("link", { name: "GIL" }).click();
  const threads = page.getByRole("list", { name: "Threads" });
  await expect(threads).toContainText("spin", patience);
  await expect(threads).toContainText("sleeper");
  await expect(page.getByRole("table", { name: "Who waits for whom" })).toContainText("spin", patience);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /^Convoy: .*(sleeper|misser).* behind spin$/,
    patience,
  );
  const summary = page.getByRole("list", { name: "Summary" });
  await expect(summary).toContainText(
    /spin holds the GIL; .* waits? mostly behind spin \(\d+\.\d % of (its|their) waiting\)/,
  );
  await expect(summary).toContainText(/Half of all holds end within .* 99 % within/);
  await expect(summary).toContainText(/waited longest, /);
  await page.getByRole("link", { name: "Errors" }).click();
  await expect(page.getByRole("table", { name: "Errors by type" })).toContainText("KeyError", patience);
  await expect(page.getByRole("row", { name: /KeyError miss/ }).first()).toContainText(/\d s$/);
  await expect(page.getByText("What was lost is incomplete")).toBeVisible();
  const latest = page.getByRole("table", { name: "The latest errors" });
  await expect(latest.getByRole("row").nth(1)).toContainText(/raisedKeyErrormiss/);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByRole("banner")).toContainText("recorded", patience);

  await page.getByRole("link", { name: "GIL" }).click();
  await page.getByRole("button", { name: /^spin/ }).click();
  await page.keyboard.press(".");
  await expect(page.getByRole("region", { name: "The chosen hold" })).toContainText("spin", patience);
  await page.keyboard.press("f");
  await expect(page.locator(".track-tools")).toContainText(/\+ .* of/);
  expect(trouble).toEqual([]);
});

test("marks set while it is recorded and moved afterwards tell what grows between them", async ({
  page,
  realDoor,
  program,
  trouble,
}) => {
  const { pid } = await program(`examples/${example}`);
  await begin(page, realDoor.url, pid);
  const told = page.locator(".marked");
  const allocated = (more: number) => async () => (await liveObjects(page)) - more;
  for (const name of ["mark 1", "mark 2"]) {
    const before = await liveObjects(page);
    await expect.poll(allocated(before), patience).toBeGreaterThan(1200);
    await page.keyboard.press("m");
    await expect(told).toContainText(name, patience);
  }
  const last = await liveObjects(page);
  await expect.poll(allocated(last), patience).toBeGreaterThan(1200);
  await expect(page.getByRole("figure", { name: "Live objects" }).locator(".flag")).toHaveCount(2, patience);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByRole("banner")).toContainText("recorded", patience);

  await page.getByRole("link", { name: "What grew between them" }).click();
  const table = page.getByRole("table", { name: "Growth from mark to mark" });
  const planted = table.getByRole("row", { name: new RegExp(`tuple.*${example}:${leakingLine}`) });
  await expect(planted).toContainText("steady", patience);
  const middle = planted.getByRole("cell").nth(4);
  const before = (await middle.textContent()) ?? "";
  expect(Number(before.replace(/\D/g, ""))).toBeGreaterThan(50);
  await page.getByLabel("Time of mark 1 in seconds").focus();
  await page.keyboard.press("[");
  await page.keyboard.press("Enter");
  await expect(told).toContainText("mark 1 at", patience);
  await expect(middle).not.toHaveText(before, patience);
  await expect(planted).toContainText("steady");
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Recordings" }).click();
  await expect(page.getByRole("row", { name: new RegExp(String(pid)) })).toContainText("closed");
  expect(trouble).toEqual([]);
});
