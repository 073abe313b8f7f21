// Tables of thousands and of a million rows: each row is reached with the scroll bar and with the keyboard, and few are drawn.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

test.use({ viewport: { width: 1360, height: 860 } });

const rowsDrawn = (page: Page) => page.locator("tbody tr").count();

test("a table of a million rows is walked with the keyboard, and its rows come as they are looked at", async ({
  page,
  scene,
  trouble,
}) => {
  const address = new URL((await scene("million")).url);
  await page.goto(`${address.origin}/${address.hash}&to=${encodeURIComponent("/snapshot?table=objects")}`);
  const table = page.getByRole("table", { name: "Objects" });
  await expect(table).toHaveAttribute("aria-rowcount", "1000001");
  await table.getByRole("link").first().focus();
  const told = (index: number) => table.locator(`tr[aria-rowindex="${index + 2}"]`);
  for (const [key, index] of [
    ["End", 999_999],
    ["ArrowUp", 999_998],
    ["Home", 0],
    ["ArrowDown", 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(told(index)).toContainText(`app.Row${index}`);
    await expect(told(index).locator("[data-row]")).toBeFocused();
    await expect(told(index)).toBeInViewport({ ratio: 0.95 });
  }
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  const focused = page.locator("tr[data-at]:has(:focus)");
  await expect(focused).toBeInViewport({ ratio: 0.95 });
  const at = Number(await focused.getAttribute("data-at"));
  expect(at).toBeGreaterThan(10);
  expect(await rowsDrawn(page)).toBeLessThan(60);

  const scroller = page.locator(".tall");
  for (const share of [0.25, 0.5, 1, 0.75, 0]) {
    await scroller.evaluate((element, to) => {
      element.scrollTop = to * (element.scrollHeight - element.clientHeight);
    }, share);
    const index = Math.round(share * 999_999);
    const near = table.locator("tbody tr").filter({ hasText: new RegExp(`app\\.Row${String(index).slice(0, 2)}`) });
    if (share > 0) await expect(near.first()).toBeInViewport();
    expect(await rowsDrawn(page)).toBeLessThan(60);
  }
  // The row that has the focus stays, out of sight, until a key brings it back.
  await page.keyboard.press("ArrowDown");
  await expect(told(at + 1).locator("[data-row]")).toBeFocused();
  await expect(told(at + 1)).toBeInViewport({ ratio: 0.95 });
  await expect(page.locator(".tall thead")).toBeInViewport();
  expect(trouble).toEqual([]);
});

test("a row in the middle of a long table is opened, filtered away and sorted", async ({ page, scene, trouble }) => {
  await page.goto((await scene("large")).url);
  const processes = page.getByRole("table", { name: "Processes" });
  await expect(processes).toHaveAttribute("aria-rowcount", "3101");
  await page.locator(".tall").evaluate((element) => {
    element.scrollTop = 1500 * 30;
  });
  await processes.getByRole("button", { name: "2505", exact: true }).click();
  await expect(page.getByRole("region", { name: "Checks of process 2505" })).toBeVisible();
  await expect(processes.getByRole("button", { name: "2505", exact: true })).toBeInViewport();
  await page.getByRole("searchbox").fill("1042");
  await expect(page.getByRole("row")).toHaveCount(2);

  await page.getByRole("link", { name: "What grows" }).click();
  await expect(page.getByText("First 200 of 3,100, by how fast they grow.")).toBeVisible();
  const sites = page.getByRole("table", { name: "Sites" });
  await sites.getByRole("button", { name: /Row3$/ }).click();
  await expect(sites.locator("tr.more")).toBeInViewport();
  await sites.getByRole("button", { name: /Row3$/ }).press("End");
  await expect(sites.getByRole("button", { name: "Row199" })).toBeFocused();
  await expect(sites.getByRole("button", { name: "Row199" })).toBeInViewport();
  expect(trouble).toEqual([]);
});
