// In: the application, running. Out: what its window really has and really refuses; the engine behind it answers. Says why where there is
// no Electron.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launch, type Running, type Stage, setStage } from "./fixture.ts";

const shots = join(import.meta.dirname, "../../.cache/results/desktop");
const stage: Stage | string = await setStage();
const here = typeof stage === "string" ? undefined : stage;
const why = typeof stage === "string" ? ` (skipped: ${stage})` : ` (Electron ${stage.electron.version})`;
const within = 30_000;
const patience = { timeout: 15_000 };
const inElectron = test.skipIf(!here);

let running: Running;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  if (!here) return;
  running = await launch(here);
  // From its first byte on: the policy's breaches are listened to by then.
  await running.page.reload();
});
/** Each test knows what it caused itself; nothing else may be there. */
afterEach(async () => {
  if (here) expect(await running.trouble()).toEqual([]);
});
afterAll(async () => {
  await running?.app.close();
  here?.close();
});

inElectron(
  `the window shows the processes that its own engine found${why}`,
  async () => {
    // By hand: Playwright's own look at roles needs a newer page than an old Electron has.
    await expect
      .poll(() => running.page.evaluate(() => document.querySelector("main")?.textContent), patience)
      .toMatch(/Python process/);
    expect(running.page.url()).toBe("app://ui/");
    expect(await running.page.title()).toBe("Refscope");
    await running.page.screenshot({ path: join(shots, "processes.png") });
  },
  within,
);

inElectron(
  `1, 7: everything shown came from the application, under its policy${why}`,
  async () => {
    const loaded = await running.page.evaluate(() => {
      const parts = [...document.querySelectorAll("script[src], link[href], img[src]")];
      return parts.map((part) => Reflect.get(part, "src") ?? Reflect.get(part, "href"));
    });
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.filter((url) => !String(url).startsWith("app://ui/"))).toEqual([]);
    const policy = await running.page.evaluate(async () => (await fetch("/")).headers.get("content-security-policy"));
    expect(policy).toContain("trusted-types 'none'");
    const reached = await running.page.evaluate(async () => {
      const tries = ["https://example.com/", "http://127.0.0.1:9/", "file:///etc/hostname", "app://other/"];
      return Promise.all(
        tries.map((url) =>
          fetch(url).then(
            () => url,
            () => "refused",
          ),
        ),
      );
    });
    expect(reached).toEqual(["refused", "refused", "refused", "refused"]);
    const breaches = (await running.trouble()).filter((text) => text.startsWith("connect-src "));
    expect(breaches).toHaveLength(4);
  },
  within,
);

inElectron(
  `2, 3, 4, 6, 8, 9, 10: what the running window was made with${why}`,
  async () => {
    const had = await running.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const contents: object | undefined = window?.webContents;
      const read: unknown = contents && Reflect.get(contents, "getLastWebPreferences");
      const found: Record<string, unknown> = typeof read === "function" ? read.call(contents) : {};
      const names = "nodeIntegration nodeIntegrationInWorker contextIsolation sandbox webviewTag webSecurity";
      const more = "allowRunningInsecureContent experimentalFeatures navigateOnDragDrop enableBlinkFeatures";
      return Object.fromEntries(`${names} ${more}`.split(" ").map((name) => [name, found[name] ?? null]));
    });
    expect(had).toMatchObject({ nodeIntegration: false, contextIsolation: true, sandbox: true, webSecurity: true });
    expect([had["webviewTag"], had["nodeIntegrationInWorker"]]).toEqual([false, false]);
    expect([had["allowRunningInsecureContent"], had["experimentalFeatures"]]).toEqual([false, false]);
    expect([had["navigateOnDragDrop"], had["enableBlinkFeatures"]]).toEqual([false, null]);
  },
  within,
);

inElectron(
  `the page knows no Node, and the application by nine functions alone${why}`,
  async () => {
    const seen = await running.page.evaluate(() => ({
      node: ["require", "process", "module", "Buffer", "global", "ipcRenderer", "electron"].filter(
        (name) => name in window,
      ),
      api: Object.entries(Reflect.get(window, "refscopeDesktop") ?? {}).map(
        ([name, value]) => `${name}: ${typeof value}`,
      ),
    }));
    expect(seen.node).toEqual([]);
    expect(seen.api).toHaveLength(9);
    expect(seen.api.filter((row) => !row.endsWith(": function"))).toEqual([]);
  },
  within,
);

inElectron(
  `5: permissions are denied${why}`,
  async () => {
    // Without the handlers Electron grants the last four.
    const answers = await running.page.evaluate(async () => {
      const asked = (wish: Promise<unknown>) =>
        wish.then(
          () => "granted",
          () => "denied",
        );
      const position = new Promise((done, failed) => {
        navigator.geolocation.getCurrentPosition(done, failed);
      });
      return [
        await asked(position),
        await asked(navigator.mediaDevices.getUserMedia({ video: true })),
        await asked(navigator.mediaDevices.getDisplayMedia({ video: true })),
        await asked(navigator.requestMIDIAccess({ sysex: true })),
        await asked(navigator.clipboard.readText()),
        await Notification.requestPermission(),
      ];
    });
    expect(answers).toEqual(Array(6).fill("denied"));
    await running.trouble();
  },
  within,
);

inElectron(
  `11 to 14: the page embeds nothing, goes nowhere and opens nothing${why}`,
  async () => {
    const { app, page } = running;
    const before = app.windows().length;
    const guest = await page.evaluate(() => {
      const view = document.body.appendChild(document.createElement("webview"));
      view.setAttribute("src", "https://example.com/");
      return "getWebContentsId" in view;
    });
    expect(guest).toBe(false);
    for (const url of ["https://example.com/", "file:///etc/hostname", "app://other/"]) {
      await page.evaluate((to) => {
        location.href = to;
      }, url);
      await page.waitForTimeout(200);
      expect(page.url()).toBe("app://ui/");
    }
    expect(await opensWindow(running, here?.electron.old ?? false)).toBe(false);
    expect(app.windows()).toHaveLength(before);
    await running.trouble();
  },
  within,
);

/** An old Chromium that is driven waits for the window that is not made: there the question is put to the shell itself. */
function opensWindow({ app, page }: Running, old: boolean): Promise<boolean> {
  if (!old) return page.evaluate(() => window.open("https://example.com/") !== null);
  return app.evaluate(({ BrowserWindow }) => {
    let opens = true;
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const emit: unknown = contents && Reflect.get(contents, "emit");
    const event = { preventDefault: () => (opens = false) };
    if (typeof emit === "function") emit.call(contents, "new-window", event, "https://example.com/");
    return opens;
  });
}

inElectron(
  `17: a call of the page that fits no row is refused, and the shell goes on${why}`,
  async () => {
    const answer = await running.page.evaluate(async () => {
      const api: object = window.refscopeDesktop ?? {};
      const given: readonly [string, unknown[]][] = [
        ["showing", [1]],
        ["chooseTheme", ["blue"]],
        ["switchEngine", ["http://example.com/#token=x"]],
        ["exportRecording", ["/etc/hostname", "exe"]],
      ];
      return Promise.all(given.map(([name, more]) => Reflect.get(api, name)(...more)));
    });
    for (const one of answer) expect(one).toMatchObject({ ok: false });
  },
  within,
);

inElectron(
  `dark and light follow the choice${why}`,
  async () => {
    const dark = () => running.page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
    const choose = (theme: "dark" | "light") =>
      running.page.evaluate((wanted) => window.refscopeDesktop?.chooseTheme(wanted), theme);
    await choose("dark");
    await expect.poll(dark, patience).toBe(true);
    await running.page.screenshot({ path: join(shots, "dark.png") });
    await choose("light");
    await expect.poll(dark, patience).toBe(false);
  },
  within,
);
