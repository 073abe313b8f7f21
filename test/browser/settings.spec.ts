// Settings take effect at once, outlive a reload, and are what a recording is begun with; another engine is gone to by its link.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const choose = (page: Page, label: string, name: string) =>
  page.getByRole("group", { name: label, exact: true }).getByRole("button", { name, exact: true }).click();

test("settings outlive a reload", async ({ page, scene, trouble }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto((await scene("usual")).url);
  await expect(page.getByRole("table", { name: "Processes" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press(",");
  await expect(page.getByRole("button", { name: "Set all back" })).toBeDisabled();
  const engine = page.getByRole("region", { name: "This engine" });
  await expect(engine).toContainText("/data/refscope/recordings");
  await expect(engine).toContainText("set by XDG_DATA_HOME");
  await expect(engine.getByText(new URL(page.url()).host, { exact: true })).toBeVisible();
  await choose(page, "Colours", "Dark");
  await choose(page, "Density", "Roomy");
  await choose(page, "Counts in tables", "12.3 k");
  await choose(page, "Keys of one character", "Off");
  await page.reload();
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-scheme", "dark");
  await expect(root).toHaveAttribute("data-density", "roomy");
  await expect(page.getByText("1,284,310 objects stand there as 1.28 M.")).toBeVisible();
  await page.keyboard.press("?");
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(page).toHaveURL(/#\/settings/);
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeHidden();
  await page.getByRole("link", { name: "What grows" }).click();
  await expect(page.getByRole("table", { name: "Sites" })).toContainText("1.9 M");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("settings");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Set all back" }).click();
  await expect(root).toHaveAttribute("data-scheme", "light");
  await expect(page.getByText("1,284,310 objects stand there as 1,284,310.")).toBeVisible();
  expect(trouble).toEqual([]);
});

test("a recording is begun as the settings say", async ({ page, scene, trouble }) => {
  const sent: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await page.goto((await scene("attaching")).url);
  await expect(page.getByRole("table", { name: "Processes" })).toBeVisible();
  await page.evaluate(() => {
    location.hash = "#/settings";
  });
  await page.getByRole("checkbox", { name: "GIL" }).check();
  await page.getByLabel("Frames of each allocation").selectOption("8");
  await choose(page, "Privacy", "Minimal");
  await page.getByLabel("Longest file").selectOption({ index: 1 });
  await page.getByLabel("A long hold of the GIL").selectOption("50");
  const options = "--frames 8 --collect lifecycle,gil --privacy minimal --max-size 100MB --gil-threshold 50ms";
  await expect(page.getByText(options)).toBeVisible();
  await page.getByRole("link", { name: "Processes", exact: true }).click();
  await page.getByRole("button", { name: "41278" }).click();
  await expect(page.getByText("privacy minimal, at most 95.4 MiB")).toBeVisible();
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Attaching to process 41278");
  const request = sent.map((text) => JSON.parse(text)).find(({ method }) => method === "recording.start");
  expect(request.params).toEqual({
    ...{ pid: 41278, frames: 8, collect: ["lifecycle", "gil"] },
    ...{ privacy: "minimal", maxBytes: 100e6, gilThresholdMs: 50 },
  });
  expect(trouble).toEqual([]);
});

test("a diagnosis and a snapshot are begun as the settings say too", async ({ page, scene, trouble }) => {
  const sent: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await page.addInitScript(() => {
    localStorage.setItem("refscope.settings", '{"recording":{"privacy":"minimal","maxBytes":100000000}}');
  });
  await page.goto((await scene("denied")).url);
  const asked = (method: string) => sent.map((text) => JSON.parse(text)).find((call) => call.method === method)?.params;
  await page.getByRole("link", { name: "Snapshot", exact: true }).click();
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  await expect(page.getByRole("alert")).toContainText("ptrace-denied");
  const each = { pid: 41270, privacy: "minimal", maxBytes: 100e6 };
  expect(asked("recording.start")).toEqual({ ...each, collect: [] });
  await page.getByRole("link", { name: "Suspects", exact: true }).click();
  await page.getByRole("button", { name: "Diagnose", exact: true }).click();
  await expect.poll(() => asked("diagnosis.start")).toEqual({ ...each, forSeconds: 30 });
  expect(trouble).toEqual([]);
});

test("what a browser keeps is not believed", async ({ page, scene, trouble }) => {
  await page.addInitScript(() => {
    localStorage.setItem("refscope.settings", '{"appearance":"<img src=x>","density":7,"recording":{"frames":-1}}');
    localStorage.setItem("refscope.recent", '[{"id":1},"__proto__"]');
  });
  await page.goto((await scene("usual")).url);
  await expect(page.getByRole("table", { name: "Processes" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-density", "usual");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option").first()).toContainText("Processes");
  expect(trouble).toEqual([]);
});

test("the link of another engine is made ready for the address bar, and nothing else is", async ({
  page,
  scene,
  trouble,
}) => {
  const there = await scene("empty");
  await page.goto((await scene("usual")).url);
  await page.getByText("Processes of another machine").click();
  await page.getByLabel("Machine", { exact: true }).fill("ada@db-1");
  await page.getByLabel("Port", { exact: true }).fill("9000");
  await expect(page.getByText("ssh -N -L 9000:127.0.0.1:9000 ada@db-1")).toBeVisible();
  await page.getByLabel("Machine", { exact: true }).fill("-oProxyCommand=x");
  await expect(page.getByRole("button", { name: "Copy the command" })).toHaveCount(0);
  const link = page.getByLabel("Link", { exact: true });
  for (const wrong of ["javascript:alert(1)", "http://example.org:8123/#token=x", new URL(there.url).origin]) {
    await link.fill(wrong);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toContainText("That is no engine’s link");
  }
  await link.fill(there.url);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Paste it into the address bar")).toBeVisible();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy the link" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(there.url);
  expect(trouble).toEqual([]);
});
