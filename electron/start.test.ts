// In: the whole main process over an Electron that only keeps what it is asked for; clicks, drops, files and accidents. Out: what it did.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MenuItemConstructorOptions } from "electron";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { desktopChannels } from "../shared/desktop-contract.ts";
import { urlOfComparison, urlOfRecording } from "./origin.ts";
import { start } from "./start.ts";
import { Contents, stubShell } from "./testing/shell.ts";

const home = mkdtempSync(join(tmpdir(), "refscope-start-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let count = 0;
let folder = "";
beforeEach(() => {
  folder = join(home, String(++count));
  mkdirSync(join(folder, "renderer"), { recursive: true });
  writeFileSync(join(folder, "renderer/index.html"), "<!doctype html>");
  process.argv.splice(2);
  // Electron's own.
  Object.defineProperty(process, "resourcesPath", { value: folder, configurable: true });
});

async function started(packaged = false) {
  const stub = stubShell(folder, packaged);
  start(stub.shell as never);
  await vi.waitFor(() => expect(stub.windows).toHaveLength(1));
  const [window] = stub.windows;
  if (!window) throw new Error("no window");
  const { webContents } = window;
  /** As the page's own top frame calls. */
  const call = (name: string, params: object = {}, senderFrame: unknown = webContents.mainFrame) =>
    stub.channels[desktopChannels.call]?.({ sender: webContents, senderFrame }, name, params);
  const click = (label: RegExp) =>
    rowOf(stub.kept.menu, label).click?.(undefined as never, undefined, undefined as never);
  return { ...stub, window, contents: webContents, call, click };
}

function rowOf(rows: readonly MenuItemConstructorOptions[], label: RegExp): MenuItemConstructorOptions {
  const flat = (row: MenuItemConstructorOptions): MenuItemConstructorOptions[] => [
    row,
    ...(Array.isArray(row.submenu) ? row.submenu.flatMap(flat) : []),
  ];
  const found = rows.flatMap(flat).find((row) => label.test(row.label ?? ""));
  if (!found) throw new Error(`no row ${label}`);
  return found;
}

const recording = (name: string) => join(home, `${name}.refscope`);

test("what denies is set up on the session that shows, before the window is there", async () => {
  const { handlers, contents, outside } = await started();
  expect(handlers["sandbox"]).toBe(true);
  expect(handlers["crashes"]).toEqual({ uploadToServer: false });
  const asked: unknown[] = [];
  const request: unknown = handlers["request"];
  if (typeof request !== "function") throw new Error("requests go out as they like");
  request({ url: "https://example.com/" }, (answer: unknown) => asked.push(answer));
  request({ url: "app://ui/" }, (answer: unknown) => asked.push(answer));
  expect(asked).toEqual([{ cancel: true }, { cancel: false }]);
  for (const name of ["permission", "check", "device", "display", "will-download", "schemes", "pages"])
    expect([name, typeof handlers[name]]).not.toEqual([name, "undefined"]);
  const permission: unknown = handlers["permission"];
  const granted: unknown[] = [];
  if (typeof permission === "function") permission(contents, "media", (answer: unknown) => granted.push(answer));
  expect(granted).toEqual([false]);
  expect(contents.opens({ url: "https://example.com/" })).toEqual({ action: "deny" });
  for (let times = 0; times < 9; times++) contents.opens({ url: "https://docs.python.org/3/c-api/" });
  expect(outside).toEqual(Array(3).fill("https://docs.python.org/3/c-api/"));
});

test("17: a frame that is not the window's own top frame reaches nothing", async () => {
  const { call, contents } = await started();
  const { mainFrame } = contents;
  for (const frame of [null, { ...mainFrame }, { parent: mainFrame, url: mainFrame.url }, new Contents().mainFrame])
    await expect(call("recent", {}, frame)).rejects.toThrow("refused");
  expect(await call("recent")).toEqual({ ok: true, value: [] });
  mainFrame.url = "https://example.com/";
  await expect(call("recent")).rejects.toThrow("refused");
});

test("developer tools and engine words depend on what is packed", async () => {
  const [open, shut] = [await started(false), await started(true)];
  expect(JSON.stringify(open.kept.menu)).toContain("toggleDevTools");
  expect(JSON.stringify(shut.kept.menu)).not.toContain("toggleDevTools");
  expect(shut.window.options["webPreferences"]).toMatchObject({
    devTools: false,
    sandbox: true,
    contextIsolation: true,
  });
});

test("a window that was maximised is shown so when its page is drawn, and not before", async () => {
  const bounds = { x: 60, y: 40, width: 900, height: 640 };
  const kept = { version: 1, theme: "dark", bounds, maximized: true, recent: [] };
  writeFileSync(join(folder, "desktop.json"), JSON.stringify(kept));
  const { window, shell } = await started();
  expect(window.done).toEqual([]);
  window.emit("ready-to-show");
  expect(window.done).toEqual(["maximize", "show"]);
  expect(window.options).toMatchObject(bounds);
  expect(shell.nativeTheme.themeSource).toBe("dark");
  window.emit("close");
  expect(JSON.parse(readFileSync(join(folder, "desktop.json"), "utf8"))).toMatchObject({
    bounds: { x: 7, y: 8, width: 900, height: 700 },
    maximized: true,
  });
});

test("File › Open, and again from the recent ones", async () => {
  const { answers, click, contents, kept } = await started();
  answers.open = [recording("chosen")];
  click(/Open Recording/);
  await vi.waitFor(() => expect(contents.mainFrame.url).toBe(urlOfRecording(recording("chosen"))));
  contents.mainFrame.url = "app://ui/";
  expect(kept.recent).toEqual([recording("chosen")]);
  click(/chosen\.refscope/);
  await vi.waitFor(() => expect(contents.mainFrame.url).toBe(urlOfRecording(recording("chosen"))));
  click(/Clear List/);
  expect(() => rowOf(kept.menu, /chosen/)).toThrow("no row");
});

test("two that are dropped are compared; of one that is damaged the other is shown", async () => {
  const { call, contents } = await started();
  const [a, b] = [recording("before"), recording("after")];
  expect(await call("dropRecordings", { paths: [a, b] })).toEqual({ ok: true, value: [a, b] });
  expect(contents.mainFrame.url).toBe(urlOfComparison(a, b));
  expect(await call("dropRecordings", { paths: [recording("damaged"), b] })).toMatchObject({ ok: false });
  expect(contents.mainFrame.url).toBe(urlOfRecording(b));
});

test("what cannot be opened is told in words, however it came", async () => {
  const { answers, app, call, click, told } = await started();
  answers.open = [recording("damaged")];
  click(/Open Recording/);
  await vi.waitFor(() => expect(told).toHaveLength(1));
  expect(await call("dropRecordings", { paths: [recording("damaged")] })).toMatchObject({
    problem: { cause: "it is damaged" },
  });
  expect(await call("dropRecordings", { paths: ["/notes.txt"] })).toMatchObject({
    problem: { cause: "a recording's name ends in .refscope" },
  });
  app.emit("open-file", { preventDefault() {} }, recording("damaged"));
  app.emit("second-instance", {}, ["refscope", "file://server/share/a.refscope"], home);
  await vi.waitFor(() => expect(told).toHaveLength(3));
  expect(told.map(({ message }) => message)).toEqual([
    "it is damaged",
    "file://server/share/a.refscope is no recording of this machine",
    "it is damaged",
  ]);
});

test("words of this start, a file that the system hands over, and a second start", async () => {
  process.argv.push("file:///data/a%20b.refscope");
  const { app, contents, window } = await started();
  await vi.waitFor(() => expect(contents.mainFrame.url).toBe(urlOfRecording("/data/a b.refscope")));
  app.emit("open-file", { preventDefault() {} }, recording("handed"));
  await vi.waitFor(() => expect(contents.mainFrame.url).toBe(urlOfRecording(recording("handed"))));
  app.emit("second-instance", {}, ["refscope", "second.refscope"], home);
  await vi.waitFor(() => expect(contents.mainFrame.url).toBe(urlOfRecording(recording("second"))));
  expect(window.done).toEqual(["restore", "focus"]);
});

test("File › Export writes what the page shows, whatever its address says", async () => {
  const { answers, call, click, engines, told } = await started();
  click(/^CSV$/);
  await vi.waitFor(() => expect(told.map(({ message }) => message)).toEqual(["no recording is shown"]));
  await call("showing", { path: recording("live") });
  answers.save = join(home, "out.csv");
  click(/^CSV$/);
  const ask = { what: "export", path: recording("live"), out: answers.save, format: "csv" };
  await vi.waitFor(() => expect(engines[0]?.got).toContainEqual(expect.objectContaining({ ask })));
});

test("Connect to Copied Link says first where to", async () => {
  const { click, kept, told } = await started();
  click(/Copied Link/);
  await vi.waitFor(() => expect(told.at(-1)?.message).toBe("the clipboard holds no link"));
  kept.clipboard = `http://127.0.0.1:9/#token=${"A".repeat(43)}`;
  kept.response = 1;
  click(/Copied Link/);
  await vi.waitFor(() => expect(told.at(-1)?.message).toContain("http://127.0.0.1:9"));
  kept.response = 0;
  click(/Copied Link/);
  await vi.waitFor(() => expect(told.at(-1)?.message).toBe("there is no engine at http://127.0.0.1:9"));
});

test("appearance, settings, documents and the manual", async () => {
  const { click, contents, kept, outside, shell } = await started();
  click(/^Dark$/);
  expect([shell.nativeTheme.themeSource, rowOf(kept.menu, /^Dark$/).checked]).toEqual(["dark", true]);
  click(/Settings/);
  expect(contents.mainFrame.url).toBe("app://ui/#/settings");
  click(/Documents/);
  click(/Keys/);
  click(/The GIL/);
  expect(outside[0]).toMatch(/docs.README\.md$/);
  expect(outside[1]).toMatch(/docs.keys\.md$/);
  expect(outside[2]).toMatch(/^https:\/\/docs\.python\.org\/.*global-interpreter-lock$/);
});

test("a page that ends is loaded again with a word; one that goes on ending is not", async () => {
  const { contents, told } = await started();
  contents.emit("render-process-gone", {}, { reason: "clean-exit" });
  expect(contents.reloads).toBe(0);
  for (let times = 0; times < 5; times++) contents.emit("render-process-gone", {}, { reason: "crashed" });
  expect(contents.reloads).toBe(3);
  expect(told[0]).toMatchObject({ message: "the window's page ended (crashed)" });
  expect(told.at(-1)?.detail).toContain("again and again");
});

test("the engine is closed before the application ends, once", async () => {
  const { app, call, engines, kept } = await started();
  expect(await call("connect")).toEqual({ ok: true, value: null });
  let prevented = 0;
  app.emit("before-quit", { preventDefault: () => prevented++ });
  await vi.waitFor(() => expect(kept.quits).toBe(1));
  expect(engines[0]?.got.at(-1)).toEqual({ kind: "close" });
  app.emit("before-quit", { preventDefault: () => prevented++ });
  expect(prevented).toBe(1);
});

test("a page is told once that its engine ended, and the next one knows what was opened", async () => {
  const { call, contents, engines } = await started();
  await call("dropRecordings", { paths: [recording("mine")] });
  await call("connect");
  await call("connect");
  contents.sent.length = 0;
  engines[0]?.kill();
  expect(contents.sent).toEqual([[desktopChannels.gone]]);
  expect(await call("connect")).toEqual({ ok: true, value: null });
  const kinds = engines[1]?.got.map(({ kind }) => kind);
  expect(kinds).toEqual(["ask", "page"]);
  expect(engines[1]?.got[0]).toMatchObject({ ask: { what: "open", path: recording("mine") } });
});
