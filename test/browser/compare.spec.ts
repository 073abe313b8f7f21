// A program that leaks and the same without its leak, recorded; a real browser: what differs, where, and the way to it by keys alone.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { compare, flame } from "../../renderer/logic/evidence-route.ts";
import { bytes } from "../../renderer/logic/format.ts";
import { hashOf, type Route } from "../../renderer/logic/routes.ts";
import { expect, test } from "./fixtures.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const patience = { timeout: 30_000 };

async function cli(...words: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, "cli/main.ts"), ...words], { maxBuffer: 2 ** 26 });
  return stdout;
}

const to = (page: Page, route: Route) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, hashOf(route));

async function pick(page: Page, field: RegExp, name: string): Promise<void> {
  const select = page.getByRole("combobox", { name: field });
  const label = await select.locator("option", { hasText: name }).textContent();
  await select.selectOption({ label: label ?? "" });
}

interface Report {
  readonly lifecycle: { readonly sites: readonly { readonly liveBytes: number }[] };
}
/** Only what is asked for here. */
function isReport(value: unknown): value is Report {
  return typeof value === "object" && value !== null && "lifecycle" in value;
}

test("a leak that is gone is fixed; its stack is found by keys, and picture and table tell the same", async ({
  page,
  realDoor,
  program,
  trouble,
}) => {
  const marks = ["--mark", "1s=warm", "--mark", "9s=end"];
  const record = async (name: string): Promise<string> => {
    const out = join(realDoor.library, `${name}.refscope`);
    const { pid } = await program(`examples/${name}.py`);
    await cli("record", String(pid), "--for", "10s", "--frames", "8", ...marks, "--out", out);
    return out;
  };
  mkdirSync(realDoor.library, { recursive: true, mode: 0o700 });
  const [a = "", b = ""] = await Promise.all(["list_leaky", "list_clean"].map(record));

  await page.goto(realDoor.url);
  await page.getByRole("table", { name: "Processes" }).waitFor(patience);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await pick(page, /^A/, "list_leaky");
  await pick(page, /^B/, "list_clean");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Fixed:/, patience);
  const rows = page.getByRole("table", { name: "Compared places" });
  await expect(rows).toContainText("handle");
  await page.getByRole("button", { name: /Fixed \d/ }).click();
  await rows.getByRole("button").first().click();
  await expect(page.getByRole("figure", { name: /^Source of list_leaky\.py/ })).toContainText("# leaks here", patience);

  // One recording at two of its marks, with the text for code scanning; by a link, as the fields make it.
  await to(page, compare(a, a));
  await page.getByRole("combobox", { name: "Mark of A" }).selectOption({ index: 1 });
  await page.getByRole("combobox", { name: "Mark of B" }).selectOption({ index: 2 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Worse: more of what grew for good/, patience);
  await expect(page).toHaveURL(/mark-a=warm&mark-b=end/);
  await expect(rows.getByRole("columnheader", { name: "Survived" })).toBeVisible();
  await page.getByRole("combobox", { name: "Take it along as" }).selectOption("SARIF");
  const coming = page.waitForEvent("download", patience);
  await page.getByRole("button", { name: "Download" }).click();
  const sarif = readFileSync(await (await coming).path(), "utf8");
  expect(sarif).toMatch(/"ruleId":\s*"worse"/);

  // The same two, as stacks.
  await to(page, { ...compare(a, b), table: "flame", width: "delta" });
  await expect(page.getByRole("figure", { name: "Flame graph" })).toContainText(
    /difference comes through handle/,
    patience,
  );
  const table = page.getByRole("treegrid", { name: "Stacks as table" });
  await expect(table.getByRole("row", { name: /handle/ })).toContainText("▼");

  await to(page, flame(a));
  const all = table.getByRole("row", { name: /^▾?\s*everything/ });
  const report: unknown = JSON.parse(await cli("report", a, "--json"));
  const whole = isReport(report) ? report.lifecycle.sites.reduce((sum, { liveBytes }) => sum + liveBytes, 0) : 0;
  await expect(all).toContainText(bytes(whole), patience);
  const graph = page.getByRole("application", { name: "Stacks" });
  const said = page.getByRole("status").filter({ hasText: /\.$/ });
  await graph.focus();
  for (let press = 0; press < 12; press++) await page.keyboard.press("ArrowDown");
  await expect(said).toContainText("list_leaky.py");
  const inner = await said.textContent();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Show all/ })).toBeVisible();
  await expect(page).toHaveURL(/zoom=[0-9a-f]+/);
  await page.goBack();
  await expect(page.getByRole("button", { name: /^Show all/ })).toHaveCount(0);
  await page.goForward();
  await expect(page.getByRole("button", { name: /^Show all/ })).toBeVisible();
  await graph.focus();
  await page.keyboard.press("Backspace");
  await expect(said).not.toHaveText(inner ?? "");
  await page.keyboard.press("Escape");
  await expect(said).toHaveText(/^everything/);
  await expect(page.getByRole("button", { name: /^Show all/ })).toHaveCount(0);
  expect(trouble).toEqual([]);
});
