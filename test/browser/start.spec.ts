// A real door, a real program whose extension leaks, a real browser: an audit and watches begun in the page, and what they find shown.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const patience = { timeout: 30_000 };

/** The form is filled in with the keyboard alone. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus();
  await page.keyboard.type(text);
}

async function open(page: Page, url: string, link: string, pid: number): Promise<void> {
  await page.goto(url);
  await page.getByRole("link", { name: link, exact: true }).click();
  await page.getByLabel("Process", { exact: true }).selectOption(String(pid));
}

const stop = async (page: Page) => {
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByRole("banner")).toContainText("recorded", patience);
};

test("an audit is begun in the page, and names the function and its line", async ({
  page,
  realDoor,
  leaking,
  trouble,
}) => {
  test.skip(leaking === undefined, "the headers of Python or a compiler are missing");
  await open(page, realDoor.url, "Extensions", leaking?.pid ?? 0);
  await expect(page.locator("datalist option[value=watched]")).toHaveCount(1);
  await expect(page.getByRole("checkbox", { name: "Guard" })).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Start the audit" })).toBeDisabled();
  await fill(page, "Module", "watched");
  await page.getByLabel("How long", { exact: true }).selectOption("0");
  await fill(page, "Module", "");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Followed for .* so far/)).toBeVisible(patience);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("leak of watched keeps a reference", patience);
  await stop(page);
  const findings = page.getByRole("table", { name: "Findings" });
  await expect(findings).toContainText("leak", patience);
  await expect(findings).toContainText(/watched\.c:\d+/);
  await expect(findings).not.toContainText("keep_nothing");
  expect(trouble).toEqual([]);
});

test("a watch on an address is begun in the page, and tells each change", async ({
  page,
  realDoor,
  leaking,
  trouble,
}) => {
  test.skip(leaking === undefined, "the headers of Python or a compiler are missing");
  await open(page, realDoor.url, "Object", leaking?.pid ?? 0);
  await fill(page, "Address or site", leaking?.address ?? "");
  await page.keyboard.press("Enter");
  const changes = page.getByRole("table", { name: "Changes" });
  await expect(changes).toContainText("leak", patience);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("more than it gave back", patience);
  await stop(page);
  await expect(page.getByRole("table", { name: "Net change by function" })).toContainText("leak");
  await expect(page.getByText("Watch other objects")).toBeVisible();
  expect(trouble).toEqual([]);
});

test("the objects of a line are followed, and who keeps them is named", async ({
  page,
  realDoor,
  leaking,
  trouble,
}) => {
  test.skip(leaking === undefined, "the headers of Python or a compiler are missing");
  await open(page, realDoor.url, "Object", leaking?.pid ?? 0);
  await expect(page.getByLabel("How many objects")).toHaveCount(0);
  await fill(page, "Address or site", "list@serve");
  await page.getByLabel("How many objects").selectOption("16");
  await page.getByRole("button", { name: "Start the watch" }).click();
  await expect(page.getByRole("table", { name: "Not given back" })).toContainText("leak", patience);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("leak keeps a reference to each object");
  await stop(page);
  await expect(page.getByRole("table", { name: "Net change by line" })).toContainText("keep_nothing");
  await page.getByLabel("One of them").selectOption({ index: 2 });
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test("what is refused says why, and what was filled in stays", async ({ page, realDoor, leaking, trouble }) => {
  test.skip(leaking === undefined, "the headers of Python or a compiler are missing");
  await open(page, realDoor.url, "Object", leaking?.pid ?? 0);
  await fill(page, "Address or site", "app.py");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("not-a-site");
  await expect(page.getByLabel("Address or site", { exact: true })).toHaveValue("app.py");
  await page.getByLabel("Address or site", { exact: true }).fill("0x10");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("not-an-object", patience);
  expect(trouble).toEqual([]);
});
