// In: engines that are there, are not, end at once or later. Out: when the page calls again, and what it says meanwhile.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DesktopApi } from "../shared/desktop-contract.ts";
import { desktopTransport } from "./bridge/desktop.ts";
import type { Connected, Transport } from "./bridge/transport.ts";
import { openBridge } from "./bridge.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const lost = { code: "engine-lost", cause: "nobody answers", fix: "Wait." };

/** What each call is answered with comes from `next`; the times of the calls are kept. */
function calling(next: (events: { text: (text: string) => void; closed: () => void }) => Connected) {
  const at: number[] = [];
  const from = Date.now();
  let another = () => {};
  const transport: Transport = {
    lost,
    async begin(given) {
      another = given;
    },
    async connect(events) {
      at.push(Date.now() - from);
      return next(events);
    },
  };
  return { bridge: openBridge(transport), at, another: () => another() };
}

test("an engine that takes the call and ends without an answer is called with growing pauses", async () => {
  const { at } = calling(({ closed }) => {
    setTimeout(closed, 1);
    return { send() {} };
  });
  await vi.advanceTimersByTimeAsync(20_000);
  const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0));
  expect(pauses.slice(0, 6)).toEqual([251, 501, 1001, 2001, 4001, 4001]);
});

test("one that answered is called again at once when it ends", async () => {
  let end = () => {};
  const { at, bridge } = calling(({ closed, text }) => {
    end = closed;
    return { send: (words) => text(JSON.stringify({ id: JSON.parse(words).id, ok: true, result: [] })) };
  });
  for (let times = 0; times < 3; times++) {
    await vi.advanceTimersByTimeAsync(1000);
    await bridge.call("recording.states", {});
    end();
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(at).toEqual([0, 1250, 2250, 3250]);
});

test("why there is no engine is said, by every call too, until there is one", async () => {
  const why = { code: "engine-lost", cause: "it ended 5 times", fix: "Try again." };
  let answer: Connected = { problem: why };
  const { bridge, at, another } = calling(() => answer);
  await vi.advanceTimersByTimeAsync(1);
  expect([bridge.link.get(), bridge.trouble.get()]).toEqual(["lost", why]);
  expect(await bridge.call("recording.states", {})).toEqual({ ok: false, problem: why });
  await vi.advanceTimersByTimeAsync(5000);
  const before = at.length;
  answer = { send() {} };
  another();
  another();
  await vi.advanceTimersByTimeAsync(1);
  expect([bridge.link.get(), at.length]).toEqual(["open", before + 1]);
});

/** The page's window, as far as the desktop's transport looks at it. */
function ownWindow() {
  const listeners: ((event: unknown) => void)[] = [];
  const own = { addEventListener: (_: string, listener: (event: unknown) => void) => listeners.push(listener) };
  vi.stubGlobal("window", own);
  vi.stubGlobal("addEventListener", own.addEventListener);
  return (data: string, ports: unknown[] = []) => {
    for (const listener of listeners) listener({ source: own, data, ports });
  };
}
const shellOf = (connect: DesktopApi["connect"]) => ({ connect }) as never;
const events = { text: () => {}, closed: () => {} };

test("an engine that ends while its port is handed over is no connection", async () => {
  const say = ownWindow();
  const port = { close: vi.fn(), postMessage() {}, onmessage: undefined };
  const transport = desktopTransport(
    shellOf(async () => {
      say("refscope:port", [port]);
      say("refscope:gone");
      return { ok: true, value: null };
    }),
  );
  await transport.begin(() => {});
  expect(await transport.connect(events)).toBe("unreachable");
});

test("the desktop's refusal comes with its words, and another engine is heard of", async () => {
  const say = ownWindow();
  const problem = { code: "not-found", cause: "there is no engine that keeps running", fix: "Try again." };
  const transport = desktopTransport(shellOf(async () => ({ ok: false, problem })));
  const another = vi.fn();
  await transport.begin(another);
  expect(await transport.connect(events)).toEqual({ problem: { ...problem, code: "engine-lost" } });
  say("refscope:gone");
  expect(another).toHaveBeenCalledOnce();
});
