// Marks on a recording that is over: dragged, moved by keys, named, removed, taken back; what grew between them follows.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import type { Scene } from "./scene-rows.ts";

type Draw = (name: Scene) => Promise<{ readonly url: string }>;

async function open(page: Page, scene: Draw, name: Scene, hash = "#/grows?table=intervals"): Promise<void> {
  await page.goto((await scene(name)).url);
  await expect(page.getByRole("table", { name: "Processes" })).toBeVisible();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

const table = (page: Page) => page.getByRole("table", { name: "Growth from mark to mark" });
const time = (page: Page, label: string) => page.getByLabel(`Time of mark ${label} in seconds`, { exact: true });
const told = (page: Page) => page.locator(".marked");
const flags = (page: Page) => page.locator(".flags[data-on=plot] .flag-head");

/** A step further right, in several moves, as a hand does; still held at the end. */
async function pull(page: Page, flag: Locator, by: number): Promise<void> {
  await flag.hover();
  const box = await flag.boundingBox();
  if (!box) throw new Error("the flag is not on the screen");
  const [x, y] = [box.x + 4, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by / 2, y);
  await page.mouse.move(x + by, y);
}

test("a mark is moved, named, removed and brought back with the keyboard alone, and the table follows", async ({
  page,
  scene,
  trouble,
}) => {
  await open(page, scene, "ended");
  await expect(table(page)).toContainText("warm-up");
  await expect(table(page).getByRole("link", { name: "1 → warm" })).toBeVisible();
  const row = table(page).getByRole("row", { name: /dict/ });
  await expect(row).toContainText("steady");
  // Of the second interval: the last one ends now.
  const grown = row.getByRole("cell").nth(4);
  const before = (await grown.textContent()) ?? "";

  await time(page, "1").focus();
  for (let step = 0; step < 8; step++) await page.keyboard.press("]");
  await expect(time(page, "1")).toHaveValue("70");
  await expect(grown).not.toHaveText(before);
  await page.keyboard.press("Escape");
  await expect(time(page, "1")).toHaveValue("62");
  await expect(grown).toHaveText(before);

  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(told(page)).toHaveText("mark 1 at 1 min 2 s");
  await expect(time(page, "1")).toHaveValue("62.1");
  await page.getByLabel("Name of mark 1").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("first request");
  await page.keyboard.press("Enter");
  await expect(table(page).getByRole("link", { name: "first request → warm" })).toBeVisible();

  await page.getByRole("button", { name: "Remove mark warm" }).press("Enter");
  await expect(told(page)).toHaveText(/^removed mark warm/);
  await expect(table(page).getByRole("link", { name: "first request → 3" })).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(table(page).getByRole("link", { name: "first request → warm" })).toBeVisible();
  await page.getByRole("button", { name: "Undo the name" }).press("Enter");
  await page.getByRole("button", { name: "Undo the move" }).press("Enter");
  await expect(time(page, "1")).toHaveValue("62");
  expect(trouble).toEqual([]);
});

test("a flag is dragged along the axis, Escape drops it, and M marks what is pointed at", async ({
  page,
  scene,
  trouble,
}) => {
  await open(page, scene, "ended", "#/live");
  await expect(time(page, "1")).toHaveValue("62");
  await pull(page, flags(page).first(), 60);
  await expect(flags(page).first()).not.toHaveText("1");
  await page.keyboard.press("Escape");
  await expect(flags(page).first()).toHaveText("1");
  await page.mouse.up();
  await expect(time(page, "1")).toHaveValue("62");

  await pull(page, flags(page).first(), 60);
  await page.mouse.up();
  await expect(time(page, "1")).not.toHaveValue("62");
  await page.getByRole("button", { name: "Undo the move" }).click();
  await expect(time(page, "1")).toHaveValue("62");
  await flags(page).first().click();
  await expect(time(page, "1")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Suspects" }).focus();

  await page
    .locator(".flagged")
    .first()
    .hover({ position: { x: 120, y: 100 } });
  await page.keyboard.press("m");
  await expect(told(page)).toHaveText(/^mark 4 at/);
  await expect(page.getByRole("table", { name: "Marks" }).getByRole("row")).toHaveCount(5);

  await page.getByRole("link", { name: "What grew between them" }).click();
  await table(page).getByRole("link", { name: "start → 4" }).click();
  await expect(page.getByRole("table", { name: "Survivors by site" })).toBeVisible();
  expect(trouble).toEqual([]);
});

test("marks stand on the tracks and on the errors, and one is brought into sight by its button", async ({
  page,
  scene,
  trouble,
}) => {
  await open(page, scene, "ended", "#/gil");
  await expect(page.locator(".flags[data-on=tracks] .flag")).toHaveCount(3);
  await expect(flags(page)).toHaveCount(3);
  await page.getByRole("list", { name: "Marks" }).getByRole("button", { name: "warm" }).press("Enter");
  await expect(page.locator(".flags[data-on=tracks] .flag")).toHaveCount(1);
  await page.getByRole("link", { name: "Errors" }).click();
  await expect(flags(page)).toHaveCount(3);
  expect(trouble).toEqual([]);
});

test("without marks the parts are equal; what cannot be marked says why; a hostile name stays text", async ({
  page,
  scene,
  trouble,
}) => {
  await open(page, scene, "quiet");
  await expect(page.getByText("Without marks the recording is cut into equal parts.")).toBeVisible();
  await expect(table(page).getByRole("columnheader")).toHaveCount(11);
  await page.getByLabel("Mark second").fill("20");
  await page.keyboard.press("Enter");
  await expect(table(page).getByRole("link", { name: "start → 1" })).toBeVisible();

  await open(page, scene, "many");
  await page.getByLabel("Mark second").fill("20");
  await page.keyboard.press("Enter");
  await expect(page.getByText("That mark was not changed")).toBeVisible();

  await open(page, scene, "hostile");
  await expect(table(page)).toContainText("script");
  await expect(flags(page)).toHaveCount(3);
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(trouble).toEqual([]);
});
