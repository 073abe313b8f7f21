// The tracks of the GIL: drawn, pointed at, chosen and walked with keys; and how long a frame takes with ten million holds.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

test.use({ viewport: { width: 1360, height: 860 } });

const tracks = (page: Page) => page.getByRole("application", { name: /^Tracks/ });
const show = async (page: Page, hash: string) => {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await tracks(page).waitFor();
  await page.getByRole("list", { name: "Threads" }).getByRole("button").first().waitFor();
};

/** So many pixels of the lanes have one of these colours. */
const coloured = (page: Page) =>
  page.evaluate(() => {
    const drawn = document.querySelector<HTMLCanvasElement>(".track-stage canvas");
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [drawn?.width ?? 1, drawn?.height ?? 1];
    const context = copy.getContext("2d", { willReadFrequently: true });
    if (drawn) context?.drawImage(drawn, 0, 0);
    const pixels = context?.getImageData(0, 0, copy.width, copy.height).data ?? [];
    let [hold, wait] = [0, 0];
    for (let at = 0; at < pixels.length; at += 4) {
      const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]];
      if (red === 0x00 && green === 0x72 && blue === 0xb2) hold++;
      if (red === 0xd5 && green === 0x5e && blue === 0x00) wait++;
    }
    return { hold, wait };
  });

test("the first picture of ten million holds, then moving through them", async ({ page, scene, trouble }) => {
  const { url } = await scene("many");
  await page.goto(url);
  await page.getByRole("table").waitFor();
  const begun = Date.now();
  await show(page, "#/gil");
  await expect.poll(async () => (await coloured(page)).hold, { intervals: [20] }).toBeGreaterThan(1000);
  console.log(`first picture of 10 M holds: ${Date.now() - begun} ms after the screen was asked for`);
  const frames = await framesWhile(page, async () => {
    for (const [key, ms] of [
      ["w", 1200],
      ["d", 900],
      ["s", 500],
      ["a", 900],
      ["w", 900],
      ["d", 600],
    ] as const) {
      await page.keyboard.down(key);
      await page.waitForTimeout(ms);
      await page.keyboard.up(key);
    }
  });
  const at = (part: number) => frames.toSorted((a, b) => a - b)[Math.floor(frames.length * part)] ?? Number.NaN;
  console.log(
    `${frames.length} frames of pan and zoom: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, longest ${at(0.9999).toFixed(1)} ms`,
  );
  expect(trouble).toEqual([]);
});

const chosenHold = (page: Page) => page.getByRole("region", { name: "The chosen hold" });
const heldFrom = async (page: Page) => (await chosenHold(page).locator("dd").nth(1).textContent()) ?? "";
/** Below the axis and the owner, in the middle of the lane of that number. */
const inLane = async (page: Page, lane: number, part: number) => {
  const box = await tracks(page).boundingBox();
  return { x: (box?.x ?? 0) + (box?.width ?? 0) * part, y: (box?.y ?? 0) + 24 + 28 + 28 * lane + 14 };
};

test("keys go from hold to hold, choose the thread, look closer and show all", async ({ page, scene, trouble }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto((await scene("usual")).url);
  await show(page, "#/gil?from=60000&to=60250");
  await tracks(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("button", { name: /^worker-2/ })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press(".");
  await expect(chosenHold(page)).toContainText("worker-2");
  const first = await heldFrom(page);
  await page.keyboard.press(".");
  await expect.poll(() => heldFrom(page)).not.toBe(first);
  await page.keyboard.press(",");
  await expect.poll(() => heldFrom(page)).toBe(first);
  await page.keyboard.press("f");
  await expect(page.locator(".track-tools")).toContainText(/\+ \d+(\.\d+)? ms/);
  await expect(page).toHaveURL(/from=/);
  await page.keyboard.press("f");
  await expect(page.locator(".track-tools")).toContainText("all 4 min");
  await page.keyboard.press("w");
  await expect(page.locator(".track-tools")).toContainText(/\+ 2 min \d+ s/);
  await page.keyboard.press("Escape");
  await expect(chosenHold(page)).toBeHidden();
  await page.keyboard.press("0");
  await page.keyboard.press("r");
  await expect(page.getByRole("region", { name: "The chosen time", exact: true })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await expect(page.getByRole("table", { name: "Sites" })).toBeVisible();
  expect(trouble).toEqual([]);
});

test("the chain of blame leads from the one who waited to the one who waited for nobody, and Back", async ({
  page,
  scene,
  trouble,
}) => {
  await page.goto((await scene("ended")).url);
  await show(page, "#/gil?from=60000&to=60100");
  const waits = await inLane(page, 1, 0.9);
  await page.mouse.click(waits.x, waits.y);
  const chain = page.getByRole("region", { name: "Chain of blame" });
  await expect(chain.getByRole("listitem").nth(1)).toContainText(
    /waited \d+(\.\d)? ms for.*report 41280 held .* in render_report/,
  );
  await expect(chain.getByRole("listitem").last()).toContainText("nobody");
  const names = await chain.getByRole("link").allTextContents();
  expect(names.slice(0, 3)).toEqual(["worker-2 41278", "report 41280", "ticker 41279"]);
  await chain.getByRole("link").nth(1).click();
  await expect(chosenHold(page)).toContainText("render_report");
  await expect(page.getByRole("button", { name: /^report/ })).toHaveAttribute("aria-pressed", "true");
  await expect(chain.getByRole("link").first()).toHaveText("report 41280");
  await page.goBack();
  await expect(chain.getByRole("link").first()).toHaveText("worker-2 41278");
  await expect(page.getByRole("button", { name: /^worker-2/ })).toHaveAttribute("aria-pressed", "true");
  expect(trouble).toEqual([]);
});

const threadList = (page: Page) => page.getByRole("list", { name: "Threads" });
/** Without the buttons that pin. */
const lanes = async (page: Page) =>
  (await threadList(page).getByRole("listitem").allTextContents()).map((text) => text.replace(/ .*/, ""));

test("threads are filtered and pinned by keys; with what is chosen they come back after a reload and with Back", async ({
  page,
  scene,
  trouble,
}) => {
  await page.goto((await scene("ended")).url);
  await show(page, "#/gil?from=60000&to=60250");
  await page.keyboard.press("Control+p");
  await page.keyboard.type("waited>10ms");
  await expect.poll(() => lanes(page)).toEqual(["MainThread", "worker-2", "ticker"]);
  await expect(page.getByRole("table", { name: "Threads and the GIL" }).getByRole("row")).toHaveCount(4);
  await tracks(page).focus();
  await page.keyboard.press("End");
  for (const key of ["ArrowDown", "ArrowDown", "p", "."]) await page.keyboard.press(key);
  await expect.poll(() => lanes(page)).toEqual(["ticker", "MainThread", "worker-2"]);
  await expect(chosenHold(page)).toContainText("ticker");
  await expect(page).toHaveURL(/filter=waited%3E10ms.*pins=41279.*hold=\d+&at=\d/);
  const held = await heldFrom(page);
  const isBack = async () => {
    await expect(chosenHold(page)).toContainText(held);
    await expect.poll(() => lanes(page)).toEqual(["ticker", "MainThread", "worker-2"]);
    await expect(page.getByRole("button", { name: "Pin ticker to the top" })).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("button", { name: /^ticker/ })).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".track-tools")).toContainText("+ 250 ms of");
  };
  await page.reload();
  await isBack();
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(page.getByRole("table", { name: "Errors by type" })).toBeVisible();
  await page.goBack();
  await isBack();
  await page.getByRole("button", { name: "Pin ticker to the top" }).click();
  await page.getByRole("searchbox", { name: "Filter threads" }).fill("nobody");
  await expect(page.getByText("No thread matches the filter.").first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test("the next hold is found however far away it is", async ({ page, scene }) => {
  await page.goto((await scene("many")).url);
  await show(page, "#/gil");
  await tracks(page).focus();
  await page.keyboard.press(".");
  await expect(chosenHold(page)).toContainText("spin-0");
  await page.keyboard.press("f");
  await expect(page.locator(".track-tools")).toContainText(/\+ .* µs of/);
});

test("the pointer tells, chooses and draws a piece of time", async ({ page, scene, trouble }) => {
  await page.goto((await scene("usual")).url);
  await show(page, "#/gil?from=60000&to=60100");
  const report = await inLane(page, 3, 0.6);
  await page.mouse.move(report.x, report.y);
  await expect(page.locator(".track-tip")).toContainText(/report 41280.*holds \d+/);
  const waits = await inLane(page, 1, 0.6);
  await page.mouse.move(waits.x, waits.y);
  await expect(page.locator(".track-tip")).toContainText(/worker-2 41278waits .* for report 41280/);
  await page.mouse.click(report.x, report.y);
  await expect(chosenHold(page)).toContainText("report 41280");
  const from = await inLane(page, 0, 0.1);
  const to = await inLane(page, 2, 0.5);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole("table", { name: "Threads in the chosen time" })).toContainText("ticker");
  const holds = page.getByRole("table", { name: "Holds in the chosen time" });
  await holds.getByRole("button").first().click();
  await expect(chosenHold(page)).toBeVisible();
  expect(trouble).toEqual([]);
});

test("a recording that goes on is followed until one looks elsewhere, and again when asked", async ({
  page,
  scene,
}) => {
  await page.goto((await scene("usual")).url);
  await show(page, "#/gil");
  await expect(page.locator(".track-tools")).toContainText("all 4 min");
  const follow = page.getByRole("button", { name: "Follow" });
  await expect(follow).toBeHidden();
  await page.getByRole("button", { name: "Look closer" }).click();
  await expect(follow).toBeVisible();
  await follow.click();
  await expect(follow).toBeHidden();
  const shown = page.locator(".track-tools .faint");
  await expect(shown).toContainText("+ 2 min");
  const before = await shown.textContent();
  await expect(shown).not.toHaveText(before ?? "");
});

test("what is in view stands in a table as well", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await show(page, "#/gil?from=60000&to=60100");
  await page.getByText("Show what is in view as table").click();
  const table = page.getByRole("table", { name: "What is in view" });
  await expect(table.getByRole("row", { name: /report/ })).toContainText(/4\d\.\d %/);
  await expect(table.getByRole("row")).toHaveCount(6);
});

test("what to record is chosen before it begins", async ({ page, scene }) => {
  const sent: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await page.goto((await scene("attaching")).url);
  await page.getByRole("button", { name: "41278" }).click();
  await page.getByRole("checkbox", { name: /^GIL/ }).check();
  await page.getByRole("checkbox", { name: /^errors/ }).check();
  await page.getByRole("checkbox", { name: /^all that loses errors/ }).check();
  await page.getByRole("checkbox", { name: /^objects/ }).uncheck();
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect
    .poll(() => sent.find((text) => text.includes("recording.start")))
    .toMatch(/"collect":\["gil","errors"\].*"errorDetails":true/);
});

/** Milliseconds from frame to frame. */
async function framesWhile(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Reflect.set(window, "frameTimes", times);
    const step = (now: number) => {
      times.push(now);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  await work();
  const times: number[] = await page.evaluate(() => Reflect.get(window, "frameTimes"));
  return times.slice(1).map((time, at) => time - (times[at] ?? time));
}
