// In: files, links, drops and accidents as a user brings them. Out: what the running application shows, and that it goes on.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { afterAll, afterEach, expect, test } from "vitest";
import { environment, launch, type Running, type Stage, setStage, words } from "./fixture.ts";

const root = join(import.meta.dirname, "../..");
const shots = join(root, ".cache/results/desktop");
mkdirSync(shots, { recursive: true });
const stage: Stage | string = await setStage();
const here = typeof stage === "string" ? undefined : stage;
const why = typeof stage === "string" ? ` (skipped: ${stage})` : ` (Electron ${stage.electron.version})`;
const running: Running[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  const troubles: string[] = [];
  for (const one of running.splice(0)) {
    troubles.push(...(await one.trouble().catch((error) => [String(error)])));
    await one.app.close();
  }
  for (const child of children.splice(0)) child.kill();
  expect(troubles).toEqual([]);
});
afterAll(() => here?.close());

const within = 60_000;
const patience = { timeout: 20_000 };
/** Without the frame around it, which names every screen. */
const onScreen = (page: Page) => page.evaluate(() => document.querySelector("main")?.textContent ?? "");
const shown = (page: Page) => page.evaluate(() => document.body.textContent ?? "");

function wish(name: string, act: (stage: Stage) => Promise<void>): void {
  test.skipIf(!here)(`${name}${why}`, async () => (here ? act(here) : undefined), within);
}
async function start(
  stage: Stage,
  more: readonly string[],
  settings: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const one = await launch(stage, more, { settings, env });
  running.push(one);
  return one;
}
/** A recording that lies where no library is. */
function foreign(stage: Stage, name: string): string {
  const path = join(stage.home, name);
  copyFileSync(join(root, "test/golden/format-1.refscope"), path);
  return path;
}

wish("a recording named at the start is shown, and remembered", async (stage) => {
  const path = foreign(stage, "named & odd #1.refscope");
  const { page } = await start(stage, [path], "named");
  await expect.poll(() => page.url(), patience).toContain(encodeURIComponent(path));
  await expect.poll(() => onScreen(page), patience).toMatch(/dict from grow · fast\.so/);
  await page.screenshot({ path: join(shots, "recording.png") });
  const recent = await page.evaluate(() => window.refscopeDesktop?.recent());
  expect(recent).toEqual({ ok: true, value: [path] });
  expect(JSON.parse(readFileSync(join(stage.home, "named/desktop.json"), "utf8"))).toMatchObject({ recent: [path] });
});

wish("a second start hands its recording to the first and ends", async (stage) => {
  const { page } = await start(stage, [], "second");
  const path = foreign(stage, "second.refscope");
  const second = spawnSync(stage.electron.program, words(stage, [path], "second"), {
    env: environment(stage),
    timeout: 20_000,
  });
  expect(second.status).toBe(0);
  await expect.poll(() => page.url(), patience).toContain("second.refscope");
});

wish("what is no recording is refused in words, and the page may not name files of its own choice", async (stage) => {
  const { page } = await start(stage, [], "refused");
  const path = foreign(stage, "not-opened.refscope");
  await expect.poll(() => shown(page), patience).toMatch(/engine connected/);
  await page.evaluate((wanted) => {
    location.hash = `#/grows?path=${encodeURIComponent(wanted)}`;
  }, path);
  const answer = await read(page, path);
  expect(answer).toMatchObject({ id: 1, ok: false, error: { code: "no-recording" } });
});

/** What the engine answers to the page itself. */
const read = (page: Page, path: string): Promise<unknown> =>
  page.evaluate(async (wanted) => {
    const port: Promise<MessagePort> = new Promise((done) => {
      addEventListener("message", ({ data, ports }) => data === "refscope:port" && ports[0] && done(ports[0]));
    });
    await window.refscopeDesktop?.connect();
    const own = await port;
    const said = new Promise((done) => {
      own.onmessage = ({ data }) => done(JSON.parse(String(data)));
    });
    own.postMessage(JSON.stringify({ id: 1, method: "recording.types", params: { path: wanted } }));
    return said;
  }, path);

wish("an engine that is killed is started again, and the page goes on", async (stage) => {
  const { app, page } = await start(stage, [], "killed");
  await expect.poll(() => shown(page), patience).toMatch(/engine connected/);
  const pids = enginesOf(app.process().pid ?? 0);
  expect(pids).toHaveLength(1);
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await expect
    .poll(() => enginesOf(app.process().pid ?? 0).filter((pid) => !pids.includes(pid)), patience)
    .toHaveLength(1);
  await expect.poll(() => shown(page), patience).toMatch(/engine connected/);
});

/** Children of the application that run the host of the engine. */
function enginesOf(parent: number): readonly number[] {
  const listed = spawnSync("ps", ["-o", "pid=,args=", "--ppid", String(parent)], { encoding: "utf8" }).stdout;
  const hosts = listed.split("\n").filter((line) => /host\/child\.js|Refscope engine|node\.mojom/.test(line));
  return hosts.map((line) => Number.parseInt(line, 10));
}

wish("another machine's engine is used by its link, once", async (stage) => {
  const link = await serve("usual");
  const { page } = await start(stage, [`--connect=${link}`], "remote");
  await expect.poll(() => shown(page), patience).toMatch(/gunicorn/);
  const engine = await page.evaluate(() => window.refscopeDesktop?.engine());
  expect(engine).toEqual({ ok: true, value: new URL(link).origin });
  const again = await page.evaluate((used) => window.refscopeDesktop?.switchEngine(used), link);
  expect(again).toMatchObject({ ok: false, problem: { code: "not-found" } });
  await page.screenshot({ path: join(shots, "remote.png") });
  const back = await page.evaluate(() => window.refscopeDesktop?.switchEngine(null));
  expect(back).toEqual({ ok: true, value: null });
  await expect.poll(() => shown(page), patience).not.toMatch(/gunicorn/);
});

/** A door on a drawn situation; its link. */
async function serve(scene: string): Promise<string> {
  const child = spawn(process.execPath, [join(root, "test/browser/serve-scene.ts"), scene], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  return new Promise((done) => child.stdout.once("data", (text) => done(String(text).trim())));
}

wish("a window comes back where it was", async (stage) => {
  const first = await launch(stage, [], { settings: "place" });
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 900, height: 640 });
  });
  await first.app.close();
  const { app } = await start(stage, [], "place");
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  expect(bounds).toEqual({ x: 60, y: 40, width: 900, height: 640 });
});

wish("a recording from elsewhere stays readable when its engine was killed", async (stage) => {
  const path = foreign(stage, "outlives.refscope");
  const { app, page } = await start(stage, [path], "outlives");
  await expect.poll(() => page.url(), patience).toContain("outlives");
  await expect.poll(() => shown(page), patience).toMatch(/engine connected/);
  const [pid = 0] = enginesOf(app.process().pid ?? 0);
  process.kill(pid, "SIGKILL");
  await expect.poll(() => enginesOf(app.process().pid ?? 0).filter((one) => one !== pid), patience).toHaveLength(1);
  await expect.poll(() => shown(page), patience).toMatch(/engine connected/);
  expect(await read(page, path)).toMatchObject({ ok: true });
});

wish("an engine that does not come up is not started for ever, and the window says why", async (stage) => {
  const { page } = await start(stage, [], "broken", { REFSCOPE_NODE: "/bin/false" });
  await expect.poll(() => shown(page), patience).toMatch(/ended 5 times right after its start \(exit 1\)/);
  expect(await shown(page)).toMatch(/Try again/);
  expect(await shown(page)).not.toMatch(/engine connected/);
  await page.screenshot({ path: join(shots, "no-engine.png") });
});

/** Boxes and dialogs of the system answer at once, and what they said is kept. */
const stubBoxes = ({ app }: Running, chosen: string) =>
  app.evaluate(({ dialog, shell }, path) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    Object.assign(dialog, {
      showOpenDialog: async () => ({ filePaths: [path] }),
      showSaveDialog: async () => ({ filePath: path }),
      showMessageBox: async (_window: unknown, box: { message: string }) => said.push(box.message) && { response: 0 },
    });
    Object.assign(shell, { openExternal: async (url: string) => void said.push(url) });
  }, chosen);
const said = ({ app }: Running): Promise<string[]> => app.evaluate(() => Reflect.get(globalThis, "said"));
const click = ({ app }: Running, id: string) =>
  app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);

wish("menus open, reopen and export; what cannot be opened is told in a box", async (stage) => {
  const path = foreign(stage, "chosen.refscope");
  const one = await start(stage, [], "menus");
  await expect.poll(() => shown(one.page), patience).toMatch(/engine connected/);
  await stubBoxes(one, path);
  await click(one, "open");
  await expect.poll(() => one.page.url(), patience).toContain("chosen.refscope");
  await click(one, "settings");
  await expect.poll(() => one.page.url(), patience).toMatch(/#\/settings$/);
  await click(one, "recent-0");
  await expect.poll(() => one.page.url(), patience).toContain("chosen.refscope");

  const out = join(stage.home, "out.csv");
  await stubBoxes(one, out);
  await expect.poll(() => onScreen(one.page), patience).toMatch(/dict from grow · fast\.so/);
  await click(one, "export-csv");
  await expect.poll(() => existsSync(out), patience).toBe(true);

  const damaged = join(stage.home, "damaged.refscope");
  writeFileSync(damaged, "no recording");
  await stubBoxes(one, damaged);
  await one.page.evaluate((given) => window.refscopeDesktop?.showing(given), null);
  await click(one, "export-csv");
  await click(one, "open");
  await expect.poll(() => said(one), patience).toHaveLength(2);
  const [nothing, refused] = await said(one);
  expect(nothing).toBe("no recording is shown");
  expect(refused).toContain("damaged.refscope");
});
