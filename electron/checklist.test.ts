// In: the sources of this room and of the page. Out: the items of Electron's security checklist that can be read there: 1 to 4, 6 to 10, 16,
// and the size of the preload script's door.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { desktopChannels, desktopGlobal } from "../shared/desktop-contract.ts";
import { pageHeaders } from "../shared/page-headers.ts";
import { isOwnPage, urlOfRecording } from "./origin.ts";
import { answerPage, privileges } from "./page-protocol.ts";
import { webPreferences } from "./window-options.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const sources = globSync("{electron,renderer}/**/*.{ts,tsx}", { cwd: root }).filter((path) => !path.includes(".test."));
const pages = new Map([
  ["/", { type: "text/html; charset=utf-8", bytes: Buffer.from("page") }],
  ["/assets/a.js", { type: "text/javascript; charset=utf-8", bytes: Buffer.from("js") }],
]);

test("1: pages come from our own protocol, by their exact names", () => {
  expect(answerPage(pages, "GET", "app://ui/#/x").status).toBe(200);
  expect(answerPage(pages, "GET", "app://ui/assets/a.js?x").headers["Content-Type"]).toMatch("text/javascript");
  for (const url of "app://ui/../x app://ui/assets app://ui/assets/%61.js app://ui//assets/a.js app://other/ http://ui/ app://ui/assets/../../etc/passwd".split(
    " ",
  ))
    expect([url, answerPage(pages, "GET", url).status]).toEqual([url, 404]);
  expect(answerPage(pages, "POST", "app://ui/").status).toBe(404);
  expect(privileges).toHaveLength(1);
  expect(privileges[0]?.privileges).toMatchObject({
    standard: true,
    secure: true,
    bypassCSP: false,
    corsEnabled: false,
  });
});

test("2, 3, 4, 6, 8, 9, 10: what a page may do", () => {
  expect(webPreferences("/p.cjs", false)).toEqual({
    preload: "/p.cjs",
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  });
  expect(read("electron/start.ts")).toContain("app.enableSandbox()");
});

test("6, 8, 9, 10: no source switches a protection off", () => {
  const forbidden =
    /webSecurity: false|allowRunningInsecureContent: true|experimentalFeatures: true|enableBlinkFeatures|contextIsolation: false|sandbox: false|nodeIntegration\w*: true|appendSwitch|certificate-error|disable-web-security|<webview|executeJavaScript|loadFile|@electron\/remote/;
  expect(sources.length).toBeGreaterThan(60);
  for (const path of sources) expect([path, forbidden.exec(read(path))?.[0]]).toEqual([path, undefined]);
});

test("7: the policy is the browser door's own, on every answer", () => {
  const { headers } = answerPage(pages, "GET", "app://ui/");
  expect(headers["Content-Security-Policy"]).toBe(pageHeaders["Content-Security-Policy"]);
  const policy = headers["Content-Security-Policy"] ?? "";
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
  expect(answerPage(pages, "GET", "app://ui/none").headers["Content-Security-Policy"]).toBe(policy);
});

test("16: Electron is pinned, and everywhere to the same", () => {
  const { devDependencies } = JSON.parse(read("package.json"));
  expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
  expect(read("electron-builder.yml")).toContain(`electronVersion: ${devDependencies.electron}\n`);
  expect(JSON.parse(read("node_modules/electron/package.json")).version).toBe(devDependencies.electron);
});

/** A line of Electron is supported until three newer ones are out, one every eight weeks. */
const supportedDays = 24 * 7;
const released = Date.parse(/^# Released (\d{4}-\d\d-\d\d)\.$/m.exec(read("electron-builder.yml"))?.[1] ?? "");
const days = Math.floor((Date.now() - released) / 86_400_000);

// Time alone breaks no build: it says so here, and docs/desktop.md asks for a look.
test.skipIf(days > supportedDays)(
  `16: the Electron that is pinned is ${days} days old, ${supportedDays} at most`,
  () => {
    expect(days).toBeGreaterThanOrEqual(0);
  },
);

test("preload: at most ten functions, no event and no ipcRenderer among them", () => {
  const preload = read("electron/preload/preload.ts");
  const [, api = ""] = /const api: DesktopApi = \{\n([\s\S]*?)\n\};/.exec(preload) ?? [];
  const names = api.split("\n").map((line) => /^ {2}(\w+): \(/.exec(line)?.[1]);
  expect(names).not.toContain(undefined);
  expect(names.length).toBeGreaterThan(0);
  expect(names.length).toBeLessThanOrEqual(10);
  expect(api.match(/ipcRenderer|event|callback|listener/i)).toBeNull();
  expect([...preload.matchAll(/exposeInMainWorld/g)]).toHaveLength(1);
  for (const word of [...Object.values(desktopChannels), desktopGlobal]) expect(preload).toContain(`"${word}"`);
  expect(preload.split("\n").length).toBeLessThan(60);
});

test("only main.ts and the preload script import Electron itself", () => {
  const importing = globSync("electron/**/*.ts", { cwd: root }).filter((path) =>
    /^import (?!type)[^;]*? from "electron";/m.test(read(path)),
  );
  expect(importing.sort()).toEqual(["electron/main.ts", "electron/preload/preload.ts"]);
});

test("a recording's path is data of the address, and comes out as it went in", () => {
  for (const path of ["/a b/ü#?&=.refscope", "C:\\x\\y.refscope", "/x%2e/../y.refscope"]) {
    const url = urlOfRecording(path);
    expect(isOwnPage(url)).toBe(true);
    const [, query] = new URL(url).hash.split("?");
    expect(new URLSearchParams(query).get("path")).toBe(path);
  }
});
