// A real door and recordings that lie in its library: tagged, renamed, shared, taken along, removed and taken back, salvaged; and files that a page
// brings from elsewhere.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const golden = join(import.meta.dirname, "../golden");
const recorded = join(golden, "format-2.refscope");
const patience = { timeout: 30_000 };

/** Nobody else's to read, so that it counts as ours. */
function put(library: string, name: string, bytes = readFileSync(recorded)): string {
  mkdirSync(library, { recursive: true, mode: 0o700 });
  const path = join(library, `${name}.refscope`);
  writeFileSync(path, bytes, { mode: 0o600 });
  return path;
}
async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("link", { name: "Recordings", exact: true }).click();
}
const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const more = (page: Page, name: string) => page.getByRole("button", { name: `More of ${name}`, exact: true }).click();

test("tagged, found by its tag, renamed and removed; the file stays as it was sealed", async ({
  page,
  realDoor,
  trouble,
}) => {
  put(realDoor.library, "night");
  put(realDoor.library, "shop");
  await open(page, realDoor.url);
  await expect(row(page, "shop")).toContainText("verified", patience);
  await more(page, "shop");
  const about = page.getByRole("region", { name: "About shop" });
  await expect(about).toContainText("grows by", patience);
  await about.getByLabel("Add tags").fill("before");
  await page.keyboard.press("Enter");
  await expect(about.getByRole("button", { name: "Without the tag before" })).toBeVisible(patience);
  await page.getByRole("searchbox").fill("tag:before");
  await expect(row(page, "night")).toHaveCount(0);
  await expect(page).toHaveURL(/filter=tag%3Abefore/);

  await about.getByLabel("Name").fill("after the fix");
  await page.keyboard.press("Enter");
  await expect(row(page, "after the fix")).toContainText("before", patience);
  await expect(row(page, "after the fix")).toContainText("verified", patience);
  const kept = join(realDoor.library, "after the fix.refscope");
  expect(readFileSync(kept).equals(readFileSync(recorded))).toBe(true);
  await page.getByRole("region", { name: "About after the fix" }).getByRole("button", { name: "Remove" }).click();
  await expect(row(page, "after the fix")).toHaveCount(0, patience);
  expect(existsSync(kept)).toBe(false);
  await page.getByRole("searchbox").fill("");
  await expect(row(page, "night")).toHaveCount(1, patience);
  expect(trouble).toEqual([]);
});

test("what was just removed can be taken back", async ({ page, scene, trouble }) => {
  await open(page, (await scene("quiet")).url);
  await expect(page.getByRole("status").filter({ hasText: "Removed too-short" })).toBeVisible();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByRole("button", { name: "Take it back" })).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("two that are chosen lead to their comparison, the earlier one first", async ({ page, scene }) => {
  await open(page, (await scene("usual")).url);
  await page.getByRole("checkbox", { name: "Compare night" }).check();
  const told = page.getByRole("status").filter({ has: page.getByRole("button", { name: "Choose none" }) });
  await expect(told).toContainText("Choose one more");
  await page.getByRole("checkbox", { name: "Compare shop-api-before" }).check();
  await expect(told.getByRole("link", { name: "Compare" })).toHaveAttribute("href", /^#\/compare\?a=.*&b=/);
  await told.getByRole("link", { name: "Compare" }).click();
  await expect(page).toHaveURL(/#\/compare\?/);
});

test("shared: what leaves is shown, a copy is written and taken along, texts and the command are copied", async ({
  page,
  context,
  realDoor,
  trouble,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const path = put(realDoor.library, "shop's night");
  await open(page, realDoor.url);
  await more(page, "shop's night");
  await page.getByRole("link", { name: "Share…" }).click();
  await page.getByRole("radio", { name: "Minimal" }).check();
  await expect(page.getByRole("region", { name: "What leaves" })).toContainText("messages of exceptions", patience);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy the report as Markdown" }).click(patience);
  await expect.poll(clipboard).toContain("# Refscope report");
  expect(await clipboard()).not.toContain("/srv/");
  await page.getByRole("button", { name: "Copy command" }).click();
  const quoted = `'${path.replace("'", "'\\''")}'`;
  await expect.poll(clipboard).toBe(`refscope redact --level minimal --dry-run ${quoted}`);

  for (const [format, ending, text] of [
    ["HTML: the report as one page", "html", "<!doctype html>"],
    ["speedscope: stacks", "speedscope.json", "speedscope.app"],
  ] as const) {
    await page.getByRole("combobox", { name: "For another tool" }).selectOption(format);
    const exporting = page.waitForEvent("download", patience);
    await page.getByRole("button", { name: "Export" }).click();
    const exported = await exporting;
    expect(exported.suggestedFilename()).toBe(`shop's night-minimal.${ending}`);
    const told = readFileSync(await exported.path(), "utf8");
    expect(told).toContain(text);
    expect(told).not.toContain("/srv/app");
  }

  await page.getByRole("button", { name: "Write the copy" }).click();
  const coming = page.waitForEvent("download", patience);
  await page.getByRole("button", { name: "Download" }).click(patience);
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^shop.s night-minimal\.refscope$/);
  const copy = readFileSync(await download.path());
  expect(copy.equals(readFileSync(join(realDoor.library, "shop's night-minimal.refscope")))).toBe(true);
  expect(copy.includes("/srv/app")).toBe(false);
  expect(readFileSync(path).equals(readFileSync(recorded))).toBe(true);
  expect(trouble).toEqual([]);
});

test("a file from elsewhere is brought, stays a stranger's, and what is no recording is refused", async ({
  page,
  realDoor,
  trouble,
}) => {
  await open(page, realDoor.url);
  const choose = async (path: string) => {
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Open a file…" }).click();
    await (await choosing).setFiles(path);
  };
  await expect(page.getByRole("heading", { name: "No recordings yet" })).toBeVisible(patience);
  await choose(join(golden, "format-1.refscope"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("grows by", patience);
  await page.getByRole("link", { name: "Recordings", exact: true }).click();
  await expect(row(page, "format-1")).toContainText("foreign", patience);
  await expect(row(page, "format-1")).toContainText("verified", patience);
  await choose(import.meta.filename);
  await expect(page.getByRole("alert")).toContainText("foreign-recording", patience);
  expect(readdirSync(join(realDoor.library, "received"))).toEqual(["format-1.refscope"]);
  expect(trouble).toEqual([]);
});

/** As a browser tells of it: what is not held back while it is over the page makes the browser leave for the file. */
async function drop(page: Page, ...names: readonly string[]): Promise<void> {
  const held = await page.evaluate(
    ([text = "", ...names]) => {
      const dataTransfer = new DataTransfer();
      const file = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      for (const name of names) dataTransfer.items.add(new File([file], name));
      const tell = (kind: string) =>
        !document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      return [tell("dragover"), tell("drop")];
    },
    [readFileSync(recorded).toString("base64"), ...names],
  );
  expect(held).toEqual([true, true]);
}

test("a file dropped on any screen is brought and compared with one that was there, of several two are compared; of a damaged one what can be read is saved", async ({
  page,
  realDoor,
  trouble,
}) => {
  const bytes = readFileSync(recorded);
  put(realDoor.library, "broken", Buffer.from(bytes).fill(0, 0, 4096));
  put(realDoor.library, "before", bytes);
  await open(page, realDoor.url);
  await expect(row(page, "broken")).toContainText("unreadable", patience);
  await drop(page, "from a colleague.refscope");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("grows by", patience);

  await page.getByRole("link", { name: "Recordings", exact: true }).click();
  await expect(row(page, "from-a-colleague")).toContainText("foreign", patience);
  for (const name of ["before", "from-a-colleague"])
    await page.getByRole("checkbox", { name: `Compare ${name}`, exact: true }).check();
  await page.getByRole("link", { name: "Compare", exact: true }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Same/, patience);
  await page.goBack();
  await more(page, "broken");
  await page.getByRole("button", { name: "Salvage what can be read" }).click();
  await expect(page.getByRole("status").filter({ hasText: "kept in" })).toContainText("broken-salvaged", patience);
  await expect(row(page, "broken-salvaged").first()).toBeVisible(patience);

  await page.getByRole("link", { name: "Live", exact: true }).click();
  await drop(page, "before.refscope", "after.refscope", "later.refscope");
  await expect(page).toHaveURL(/#\/compare\?a=.*before.*&b=.*after/, patience);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Same/, patience);
  await expect(page.getByRole("status").filter({ hasText: "1 file was left out" })).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("left out")).toHaveCount(0);
  expect(trouble).toEqual([]);
});
