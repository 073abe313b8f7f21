// In: situations without anything, over, or refused, and answers that are late, wrong or few. Out: every screen in them through axe and the
// page's policy. Those with a picture of their own are in screens.spec.ts.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { accessible } from "./inspect.ts";

test.use({ viewport: { width: 1360, height: 860 } });

const screens = [
  ...["processes", "live", "suspects", "grows", "grows?table=types", "grows?table=intervals", "snapshot", "why"],
  ...["object", "gil", "errors", "extensions", "flame", "compare", "recordings"],
];
const situations = [
  ["empty", "light"],
  ["ended", "dark"],
] as const;

for (const [situation, colorScheme] of situations)
  test(`every screen is accessible when it is ${situation}`, async ({ page, scene, trouble }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto((await scene(situation)).url);
    for (const screen of screens) {
      await page.evaluate((to) => {
        location.hash = to;
      }, `#/${screen}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(".bones")).toHaveCount(0);
      await accessible(page, `${screen}, ${situation}`);
    }
    expect(trouble).toEqual([]);
  });

/** What becomes of an answer to `method`, the `at`th, on its way to the page: undefined holds it back. */
type Change = (answer: { readonly id: number }, at: number) => object | undefined;

async function change(page: Page, method: string, to: Change): Promise<void> {
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    const asked = new Set<number>();
    let at = 0;
    socket.onMessage((text) => {
      const call = JSON.parse(String(text));
      if (call.method === method) asked.add(call.id);
      server.send(text);
    });
    server.onMessage((text) => {
      const answer = JSON.parse(String(text));
      const told = asked.has(answer.id) ? to(answer, at++) : answer;
      if (told) socket.send(JSON.stringify(told));
    });
  });
}

const grows = (page: Page) => page.getByRole("link", { name: "What grows", exact: true }).click();

test("while an answer is waited for there is a skeleton that is heard of", async ({ page, scene, trouble }) => {
  await change(page, "recording.sites", () => undefined);
  await page.goto((await scene("usual")).url);
  await grows(page);
  await expect(page.getByRole("status").filter({ hasText: "Loading" })).toBeVisible();
  await accessible(page, "skeleton", "no heading yet");
  expect(trouble).toEqual([]);
});

test("what is refused later leaves the last picture, and says that it is not up to date", async ({
  page,
  scene,
  trouble,
}) => {
  const error = { code: "bad-recording", cause: "the file ends inside a page", fix: "Salvage what can be read." };
  await change(page, "recording.sites", (answer, at) => (at === 0 ? answer : { id: answer.id, ok: false, error }));
  await page.goto((await scene("usual")).url);
  await grows(page);
  await expect(page.getByText("Not up to date")).toBeVisible();
  await expect(page.getByText("The file ends inside a page. Salvage what can be read.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Sites" })).toBeVisible();
  await accessible(page, "not up to date");
  expect(trouble).toEqual([]);
});

test("a recording that has just begun is warming up: nothing is said of its growth", async ({
  page,
  scene,
  trouble,
}) => {
  const ranges = { liveRange: { least: 0, most: 150 }, liveBytesRange: { least: 0, most: 9900 } };
  const first = { at: 1, live: 120, liveBytes: 9000, ...ranges, allocated: 400, freed: 280 };
  await change(page, "recording.series", (answer) => ({ ...answer, result: { bucketSeconds: 1, buckets: [first] } }));
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Live", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Warming up");
  await accessible(page, "warming up");
  expect(trouble).toEqual([]);
});
