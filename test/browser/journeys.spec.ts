// Twelve tasks done with the keyboard alone: what is needed is reached with Tab, a key of its own or the arrows, and seen to have the focus.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

test.use({ viewport: { width: 1360, height: 860 }, permissions: ["clipboard-read", "clipboard-write"] });

const mostTabs = 120;

/** @throws when Tab does not lead there. */
async function tabTo(page: Page, to: Locator, key = "Tab"): Promise<void> {
  await to.waitFor({ timeout: 20_000 });
  for (let at = 0; at < mostTabs; at++) {
    if (await to.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${mostTabs} times ${key} do not lead to ${to}`);
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
/** Letters are words in a field: it is left first. */
async function goTo(page: Page, letter: string): Promise<void> {
  if (await page.evaluate(() => document.activeElement?.matches("input, select") ?? false)) await press(page, "Tab");
  await press(page, "g", letter);
}
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

type Task = readonly [name: string, does: (page: Page) => Promise<void>];

const tasks: readonly Task[] = [
  [
    "a process is found and checked",
    async (page) => {
      await goTo(page, "p");
      await press(page, "/");
      await page.keyboard.type("41278");
      await tabTo(page, button(page, "41278"));
      await press(page, "Enter");
      await expect(page.getByRole("region", { name: "Checks of process 41278" })).toBeVisible();
    },
  ],
  [
    "it is recorded, with the GIL",
    async (page) => {
      await tabTo(page, page.getByRole("checkbox", { name: /^GIL/ }));
      await press(page, "Space");
      await expect(page.getByRole("checkbox", { name: /^GIL/ })).toBeChecked();
      await tabTo(page, button(page, "Record"));
      await press(page, "Enter");
      await expect(page.getByRole("figure", { name: "Live memory" })).toBeVisible();
    },
  ],
  [
    "what survives of a stretch of time is asked for",
    async (page) => {
      await goTo(page, "l");
      await tabTo(page, page.getByLabel("From second"));
      await page.keyboard.type("60");
      await tabTo(page, page.getByLabel("To second"));
      await page.keyboard.type("120");
      await press(page, "Enter");
      await expect(page.getByRole("table", { name: "Survivors by site" })).toBeVisible();
    },
  ],
  [
    "the line that leaks is named, and its stack opened",
    async (page) => {
      await goTo(page, "w");
      const sites = page.getByRole("table", { name: "Sites" });
      await tabTo(page, sites.getByRole("button", { name: /dict/ }));
      await press(page, "ArrowDown", "Enter");
      await expect(sites.locator("tr.more")).toContainText("cache.py");
    },
  ],
  [
    "a table is sorted",
    async (page) => {
      const live = page.getByRole("columnheader", { name: "Allocated" });
      await tabTo(page, live.getByRole("button"), "Shift+Tab");
      await press(page, "Enter");
      await expect(live).toHaveAttribute("aria-sort", "descending");
    },
  ],
  [
    "a verdict is copied for a bug report",
    async (page) => {
      await goTo(page, "s");
      await tabTo(page, button(page, "Copy for a bug report"));
      await press(page, "Enter");
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("Refscope");
    },
  ],
  [
    "an object's way to a root is found",
    async (page) => {
      await goTo(page, "h");
      await tabTo(page, page.getByRole("group", { name: "Table" }).getByRole("button", { name: "Objects" }));
      await press(page, "Enter");
      await tabTo(page, page.getByRole("table", { name: "Objects" }).getByRole("link").first());
      await press(page, "ArrowDown", "Enter");
      await expect(heading(page)).toContainText("held by");
    },
  ],
  [
    "the long holds of the GIL are walked",
    async (page) => {
      await goTo(page, "g");
      await tabTo(page, page.getByRole("table", { name: "Long holds" }).getByRole("button").first());
      await press(page, "Enter");
      await expect(page.getByRole("region", { name: "The chosen hold" })).toContainText("render_report");
    },
  ],
  [
    "an error's place is found by a word",
    async (page) => {
      await goTo(page, "e");
      await tabTo(page, button(page, "By place"));
      await press(page, "Enter", "/");
      await page.keyboard.type("timed out");
      await tabTo(
        page,
        page.getByRole("table", { name: "Errors by place" }).getByRole("button", { name: "TimeoutError" }),
      );
      await press(page, "Enter");
      await expect(page.getByRole("region", { name: "Stack" })).toContainText("rates.py:77");
    },
  ],
  [
    "the rule that an extension broke is read",
    async (page) => {
      await goTo(page, "x");
      const findings = page.getByRole("table", { name: "Findings" });
      await tabTo(page, findings.locator("[data-row]").first());
      await press(page, "ArrowDown", "Enter");
      await tabTo(page, findings.getByRole("link").first());
      await expect(findings.getByRole("link").first()).toHaveAttribute("href", /docs\.python\.org/);
    },
  ],
  [
    "what an object was not given back is opened",
    async (page) => {
      await goTo(page, "o");
      await tabTo(page, button(page, "Not given back"));
      await press(page, "Enter");
      await tabTo(page, page.getByRole("table", { name: "Changes" }).getByRole("button").first());
      await press(page, "PageDown", "Enter");
      await expect(page.getByRole("region", { name: "Native stack" })).toContainText("leaky.c:18");
    },
  ],
  [
    "the recording is stopped, and found among the others",
    async (page) => {
      await tabTo(page, button(page, "Stop"), "Shift+Tab");
      await press(page, "Enter");
      await expect(page.getByRole("banner")).toContainText("recorded");
      await goTo(page, "r");
      await tabTo(page, page.getByRole("table", { name: "Recordings" }).locator("[data-row]").first());
      await press(page, "Home", "Enter");
      await expect(page).toHaveURL(/path=/);
    },
  ],
];

test(`${tasks.length} tasks are done with the keyboard alone`, async ({ page, scene, trouble }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("table", { name: "Processes" }).waitFor();
  for (const [name, does] of tasks) await test.step(name, () => does(page));
  expect(trouble).toEqual([]);
});
