// Every screen and every odd state of one, in both themes: no rule of accessibility broken, nothing against the page's policy; and
// pictures for the docs.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { accessible, inspect } from "./inspect.ts";
import type { Scene } from "./scene-rows.ts";
import { visit, visits } from "./screens.ts";

test.use({ viewport: { width: 1360, height: 860 } });

async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: "41278" }).click();
  await page.getByRole("button", { name: "Record", exact: true }).click();
}

const to = (name: string) => (page: Page) => page.getByRole("link", { name, exact: true }).click();

async function chooseLongHold(page: Page): Promise<void> {
  await to("GIL")(page);
  await page.getByRole("table", { name: "Long holds" }).getByRole("button").first().click();
  await expect(page.getByRole("region", { name: "The chosen hold" })).toContainText("render_report");
  await page.getByText("Show what is in view as table").click();
}

async function openChange(page: Page): Promise<void> {
  await to("Object")(page);
  await page.getByRole("button", { name: "Not given back" }).click();
  await page.getByRole("table", { name: "Changes" }).getByRole("button").first().click();
  const native = page.getByRole("region", { name: "Native stack" });
  await expect(native).toContainText("leaky.c:18");
  await native.scrollIntoViewIfNeeded();
}

async function takeInVain(page: Page): Promise<void> {
  await to("Snapshot")(page);
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  await expect(page.getByRole("alert")).toContainText("snapshot-failed");
}

async function askInVain(page: Page): Promise<void> {
  await to("Why")(page);
  await page.getByLabel("Address or type").fill("0x1");
  await page.keyboard.press("Enter");
}

async function compareTwo(page: Page): Promise<void> {
  await to("Compare")(page);
  await page.getByRole("combobox", { name: /^A/ }).selectOption({ index: 1 });
  await page.getByRole("combobox", { name: /^B/ }).selectOption({ index: 2 });
}

async function openMore(page: Page): Promise<void> {
  await to("Recordings")(page);
  for (const name of ["night", "shop-api-before"])
    await page.getByRole("checkbox", { name: `Compare ${name}` }).check();
  await page.getByRole("button", { name: "More of shop-api-before" }).click();
  await expect(page.getByText("byte for byte")).toBeVisible();
}

async function salvageInVain(page: Page): Promise<void> {
  await to("Recordings")(page);
  await page.getByRole("button", { name: "More of damaged" }).click();
  await page.getByRole("button", { name: /^Salvage/ }).click();
  await expect(page.getByRole("alert")).toContainText("bad-recording");
}

async function writeCopy(page: Page): Promise<void> {
  await openMore(page);
  await page.getByRole("link", { name: "Share…" }).click();
  await page.getByRole("radio", { name: "Minimal" }).check();
  await page.getByRole("button", { name: "Write the copy" }).click();
  await expect(page.getByRole("button", { name: "Download" })).toBeVisible();
}

/** What leads to the state, and the heading that it has. */
const states: readonly (readonly [string, Scene, (page: Page) => Promise<void>, string | RegExp])[] = [
  ["attaching", "attaching", begin, /^Attaching to process/],
  ["refused", "denied", begin, /^Could not attach to process/],
  ["ended", "ended", (page) => page.getByRole("link", { name: "Live" }).click(), /number of live objects/],
  ["gil-not-collected", "uncollected", to("GIL"), "The GIL was not followed"],
  ["gil-free-threaded", "free-threaded", to("GIL"), "This build of Python has no GIL"],
  ["gil-single", "single", to("GIL"), "One thread alone takes the GIL"],
  ["gil-nobody", "quiet", to("GIL"), "Nobody has taken the GIL yet"],
  ["gil-chosen", "usual", chooseLongHold, /^Convoy: ticker waits mostly behind worker-2/],
  ["errors-not-collected", "uncollected", to("Errors"), "Errors were not followed"],
  ["errors-nothing", "quiet", to("Errors"), "No error was raised yet"],
  ["extensions-not-audited", "uncollected", to("Extensions"), "No extension module was audited"],
  ["extensions-nothing", "quiet", to("Extensions"), "ujson has broken no rule so far"],
  ["extensions-waiting", "single", to("Extensions"), "ujson is not imported yet"],
  ["object-not-watched", "uncollected", to("Object"), "No object was followed"],
  ["object-sample", "single", to("Object"), /^leak_getattr keeps a reference/],
  ["object-unchanged", "quiet", to("Object"), /has not changed yet/],
  ["object-freed", "ended", to("Object"), /was freed/],
  ["object-change", "usual", openChange, /more than it gave back/],
  ["suspects-clean", "quiet", to("Suspects"), /^Nothing was seen to leak/],
  ["suspects-no-verdict", "uncollected", to("Suspects"), "No verdict was possible"],
  ["suspects-progress", "single", to("Suspects"), /^Diagnosing process/],
  ["suspects-form", "denied", to("Suspects"), "Nothing was diagnosed yet"],
  ["snapshot-none-yet", "quiet", to("Snapshot"), "No snapshot was taken yet"],
  ["snapshot-form", "denied", to("Snapshot"), "There is no snapshot here"],
  ["snapshot-failed", "usual", takeInVain, /objects at/],
  ["stacks-none", "quiet", to("Stacks"), "Nothing was allocated yet"],
  ["stacks-shallow", "uncollected", to("Stacks"), /alive/],
  ["compare-incomparable", "uncollected", compareTwo, "These two cannot be compared"],
  ["compare-same", "quiet", compareTwo, /^Same/],
  ["why-unknown", "usual", askInVain, "Nothing is known of that object"],
  ["recordings-more", "usual", openMore, /^5 recordings/],
  ["recordings-damaged", "quiet", salvageInVain, /^5 recordings/],
  ["share-written", "usual", writeCopy, "5 texts are replaced, 41 rows left out"],
  ["long-table", "large", to("What grows"), /Row0/],
  ["empty", "empty", (page) => page.getByRole("link", { name: "Live" }).click(), "Nothing is being recorded"],
];

/** One after the other on the same page, as when the sun goes down. */
async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-scheme", colorScheme);
    await inspect(page, `${name}-${colorScheme}`);
  }
}

test("every screen is accessible", async ({ page, scene, trouble }) => {
  test.setTimeout(600_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto((await scene("usual")).url);
  for (const screen of visits) {
    await visit(page, screen);
    await inBothThemes(page, screen.name);
  }
  expect(trouble).toEqual([]);
});

for (const [name, situation, lead, heading] of states)
  test(`${name} is accessible`, async ({ page, scene, trouble }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto((await scene(situation)).url);
    await lead(page);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await inBothThemes(page, name);
    expect(trouble).toEqual([]);
  });

/** Widths of a window of 1360 at 400, 200 and 150 %. */
const zoomed = [320, 680, 907] as const;
/** Those with a painted picture, marks, a form, a tree. */
const forced = ["what-grows", "gil", "suspects", "settings", "snapshot-tree", "compare-difference"];

test("at 150, 200 and 400 % nothing is cut off to the right, nothing moves, and the system's colours are taken", async ({
  page,
  scene,
  trouble,
}) => {
  // High enough that all of a screen is looked at: some of it waits for that.
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await page.goto((await scene("usual")).url);
  for (const screen of visits) {
    await page.setViewportSize({ width: zoomed[0], height: 2000 });
    await visit(page, screen);
    if (forced.includes(screen.name)) await accessible(page, screen.name);
    for (const width of zoomed) {
      await page.setViewportSize({ width, height: 2000 });
      expect(await page.evaluate(overflow), `${screen.name}, ${width} wide`).toEqual({ beyond: 0, moving: 0 });
    }
  }
  expect(trouble).toEqual([]);
});

/** Runs in the page. */
function overflow() {
  const beyond = [document.documentElement, ...document.querySelectorAll("main")]
    .map((element) => element.scrollWidth - element.clientWidth)
    .reduce((a, b) => Math.max(a, b));
  return { beyond, moving: document.getAnimations().filter(({ playState }) => playState === "running").length };
}
