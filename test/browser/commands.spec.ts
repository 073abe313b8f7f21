// The palette, the keys, the filters and the way back, by the keyboard alone; what is new looks right in both themes and in high contrast.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { inspect } from "./inspect.ts";
import { visit, visits } from "./screens.ts";

test.use({ viewport: { width: 1360, height: 860 } });

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });

async function command(page: Page, typed: string, first: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Command" })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(palette(page).getByRole("option", { selected: true })).toContainText(first);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
}

test("everything is reached by the palette, without a pointer", async ({ page, scene, trouble }) => {
  await page.goto((await scene("usual")).url);
  await expect(heading(page)).toBeVisible();
  await command(page, "err", "Errors");
  await expect(page).toHaveURL(/#\/errors/);
  await command(page, "night", "night.refscope");
  await expect(page).toHaveURL(/#\/grows\?path=.*night/);
  await command(page, "41278", "gunicorn: worker 41278");
  await expect(page.getByRole("region", { name: "Checks of process 41278" })).toBeVisible();
  await page.keyboard.press("Control+Shift+p");
  // What was done of late stands first.
  await expect(palette(page).getByRole("option").nth(0)).toContainText("41278");
  await expect(palette(page).getByRole("option").nth(1)).toContainText("night");
  await page.keyboard.press("ArrowDown");
  await expect(palette(page).getByRole("option", { selected: true })).toContainText("night");
  await page.keyboard.press("Escape");
  await command(page, "stop", "Stop the recording");
  await expect(page.getByRole("banner")).toContainText("recorded");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("stop the rec");
  await expect(palette(page).getByRole("option", { name: "Stop the recording" })).toHaveCount(0);
  await page.keyboard.type("zzzz");
  await expect(palette(page)).toContainText("Nothing is called like that.");
  expect(trouble).toEqual([]);
});

test("a link goes to a screen by its id, and does nothing else", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await expect(heading(page)).toBeVisible();
  await page.evaluate(() => {
    location.hash = "#/?do=recording.stop";
  });
  await expect(page.getByRole("table", { name: "Processes" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("recording 0");
  await page.evaluate(() => {
    location.hash = "#/?do=view.errors";
  });
  await expect(page.getByRole("table", { name: "Errors by type" })).toBeVisible();
});

test("a filter is completed and explained, and Back restores it with the open row", async ({
  page,
  scene,
  trouble,
}) => {
  await page.goto((await scene("usual")).url);
  await expect(heading(page)).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  const sites = page.getByRole("table", { name: "Sites" });
  await expect(sites).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("ty");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toContainText("type:");
  await page.keyboard.press("Enter");
  await page.keyboard.type("dict live>1k");
  await expect(page.getByRole("searchbox")).toHaveValue("type:dict live>1k");
  await expect(sites.getByRole("row")).toHaveCount(2);
  await page.keyboard.type(" colour:red");
  await expect(page.getByText("Not understood: “colour” is no field here; there are type, module")).toBeVisible();
  await expect(sites.getByRole("row")).toHaveCount(2);
  for (let letter = 0; letter < 11; letter++) await page.keyboard.press("Backspace");
  await sites.getByRole("button", { name: "dict" }).focus();
  await page.keyboard.press("Enter");
  await expect(sites.getByRole("region", { name: "Stack" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(page.getByRole("table", { name: "Errors by type" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("searchbox")).toHaveValue("type:dict live>1k");
  await expect(sites.getByRole("region", { name: "Stack" })).toBeVisible();
  await page.reload();
  await expect(sites.getByRole("region", { name: "Stack" })).toBeVisible();
  await expect(sites.getByRole("row")).toHaveCount(3);
  await page.goForward();
  await expect(page.getByRole("table", { name: "Errors by type" })).toBeVisible();
  expect(trouble).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the palette, a filter and high contrast are accessible, ${colorScheme}`, async ({ page, scene, trouble }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto((await scene("usual")).url);
    await expect(heading(page)).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("rec");
    await expect(palette(page).getByRole("option").first()).toContainText("Recordings");
    await inspect(page, `palette-${colorScheme}`);
    await page.keyboard.press("Escape");
    await command(page, "what", "What grows");
    await page.getByRole("searchbox").pressSequentially("-type:list s");
    await expect(page.getByRole("option").first()).toContainText("size>");
    await inspect(page, `filter-${colorScheme}`);
    await page.keyboard.press("Escape");
    await command(page, "high contrast", "Look: high contrast");
    await expect(page.locator("html")).toHaveAttribute("data-contrast", "more");
    for (const screen of visits.filter(({ name }) => contrasted.includes(name))) {
      await visit(page, screen);
      await inspect(page, `${screen.name}-contrast-${colorScheme}`, "7:1");
    }
    expect(trouble).toEqual([]);
  });

/** One with every meaning, one that is painted, one that is made of controls. */
const contrasted = ["what-grows", "gil", "settings"];
