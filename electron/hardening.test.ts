// In: events and requests as a hostile page causes them. Out: each denied. Items 1, 5, 11 to 14 of Electron's security checklist.
import { EventEmitter } from "node:events";
import type { Session } from "electron";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rulePages } from "../shared/rules.ts";
import { denyOtherRequests, denyPermissions, guardContents } from "./hardening.ts";
import { helpPages } from "./outside.ts";

type Handlers = Record<string, (...words: never[]) => unknown>;

/** Keeps what it is given, under the name of the method. */
function recording(): { readonly kept: Handlers; readonly session: Session } {
  const kept: Handlers = {};
  const session = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...words: unknown[]) =>
          keep(kept, String(name), words),
    },
  );
  return { kept, session: session as Session };
}
function keep(kept: Handlers, name: string, words: readonly unknown[]): void {
  kept[name === "on" ? String(words[0]) : name] = words.at(-1) as Handlers[string];
}
const call = (handlers: Handlers, name: string, ...words: unknown[]): unknown =>
  (handlers[name] as ((...words: unknown[]) => unknown) | undefined)?.(...words);

const permissions = [
  ..."media geolocation notifications midi midiSysex pointerLock fullscreen openExternal clipboard-read display-capture".split(
    " ",
  ),
  ..."mediaKeySystem hid serial usb storage-access idle-detection window-management local-fonts fileSystem unknown".split(
    " ",
  ),
];

test("5: every permission is denied, but to write text to the clipboard", () => {
  const { kept, session } = recording();
  denyPermissions(session);
  for (const name of [...permissions, "clipboard-sanitized-write"]) {
    const answers: unknown[] = [];
    call(kept, "setPermissionRequestHandler", undefined, name, (answer: unknown) => answers.push(answer));
    const wanted = name === "clipboard-sanitized-write";
    expect([name, answers]).toEqual([name, [wanted]]);
    expect(call(kept, "setPermissionCheckHandler", undefined, name)).toBe(wanted);
  }
  expect(call(kept, "setDevicePermissionHandler", { deviceType: "usb" })).toBe(false);
  const streams: unknown[] = [];
  call(kept, "setDisplayMediaRequestHandler", {}, (answer: unknown) => streams.push(answer));
  expect(streams).toEqual([{}]);
  let prevented = false;
  call(kept, "will-download", { preventDefault: () => (prevented = true) });
  expect(prevented).toBe(true);
});

test("1: no request leaves the application", () => {
  const decide = deciding(false);
  for (const url of [
    ..."http://example.com/ https://example.com/x ws://127.0.0.1:1/ file:///etc/passwd data:text/html,x".split(" "),
    ..."app://other/ app://ui.evil/ app://x@ui/ ftp://ui/ devtools://devtools/bundled/x.js chrome://version/".split(
      " ",
    ),
  ])
    expect([url, decide(url)]).toEqual([url, true]);
  expect(decide("app://ui/index.html")).toBe(false);
  expect(deciding(true)("devtools://devtools/bundled/x.js")).toBe(false);
});

/** Whether a request is cancelled. */
function deciding(devTools: boolean): (url: string) => boolean {
  let decide: unknown;
  const webRequest = { onBeforeRequest: (listener: unknown) => (decide = listener) };
  denyOtherRequests({ webRequest } as never, devTools);
  return (url) => {
    let cancelled: boolean | undefined;
    const answer = (given: { cancel: boolean }) => (cancelled = given.cancel);
    (decide as (details: { url: string }, answer: unknown) => void)({ url }, answer);
    return cancelled ?? false;
  };
}

class Contents extends EventEmitter {
  opens: ((details: { url: string }) => { action: string }) | undefined;
  devToolsClosed = 0;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.opens = handler;
  }
  closeDevTools(): void {
    this.devToolsClosed += 1;
  }
  /** Whether the event was prevented. */
  try(name: string, url = ""): boolean {
    let prevented = false;
    this.emit(name, { url, preventDefault: () => (prevented = true) });
    return prevented;
  }
}
const guarded = (devTools = false, opened: string[] = []): Contents => {
  const contents = new Contents();
  guardContents(contents as never, devTools, (page) => void opened.push(page));
  return contents;
};

test("11, 12: a webview is never attached", () => {
  expect(guarded().try("will-attach-webview")).toBe(true);
});

const elsewhere = [
  ..."https://example.com/ http://127.0.0.1:8000/ file:///etc/passwd javascript:alert(1) data:text/html,x".split(" "),
  ..."app://ui.evil/ app://ui@evil/ app://other/ app://ui/other.html app://ui/icon.svg app:ui APP://evil/ about:blank".split(
    " ",
  ),
];

test("13: a page goes nowhere else, by no way", () => {
  for (const url of elsewhere)
    for (const name of ["will-navigate", "will-redirect", "will-frame-navigate"])
      expect([name, url, guarded().try(name, url)]).toEqual([name, url, true]);
  expect(guarded().try("will-redirect", "app://ui/")).toBe(true);
  for (const url of ["app://ui/", "app://ui/#/grows?path=x", "app://ui/index.html"])
    expect([url, guarded().try("will-navigate", url)]).toEqual([url, false]);
});

test("14: a page opens no window", () => {
  for (const url of [...elsewhere, "app://ui/"]) expect(guarded().opens?.({ url })).toEqual({ action: "deny" });
});

test("15: what is opened outside is one of the listed pages of CPython's manual, letter by letter", () => {
  const opened: string[] = [];
  const { opens } = guarded(false, opened);
  const listed = [...Object.values(helpPages), ...rulePages];
  expect(listed.filter((url) => !url.startsWith("https://docs.python.org/"))).toEqual([]);
  for (const url of listed) expect(opens?.({ url })).toEqual({ action: "deny" });
  expect(opened).toEqual(listed);
  const near = listed.flatMap((url) => [
    `${url}x`,
    `${url}?q=1`,
    ` ${url}`,
    url.toUpperCase(),
    url.replace("https", "http"),
  ]);
  for (const url of [...elsewhere, ...near, "https://docs.python.org/", "https://docs.python.org.evil/3/c-api/"])
    opens?.({ url });
  fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (url) => opens?.({ url }).action === "deny"));
  expect(opened).toHaveLength(listed.length);
});

test("the developer tools close at once where they are not allowed", () => {
  const [released, developed] = [guarded(false), guarded(true)];
  for (const contents of [released, developed]) contents.emit("devtools-opened");
  expect([released.devToolsClosed, developed.devToolsClosed]).toEqual([1, 0]);
});
