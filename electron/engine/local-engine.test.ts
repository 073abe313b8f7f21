// In: a process of the engine that comes up, does not, or ends in the middle. Out: when a page is served, and what whoever waits is told.
import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { startChild } from "./engine-process.ts";
import { lastWords } from "./last-words.ts";
import { createLocalEngine } from "./local-engine.ts";

function fakeProcess(takesPorts = true) {
  const line = new EventEmitter();
  const sent: unknown[] = [];
  return {
    takesPorts,
    sent,
    send: (message: unknown) => void sent.push(message),
    onMessage: (listener: (message: unknown) => void) => void line.on("message", listener),
    onExit: (listener: (why: string) => void) => void line.on("exit", listener),
    kill: () => line.emit("exit", "killed"),
    says: (message: unknown) => line.emit("message", message),
    ends: (why: string) => line.emit("exit", why),
  };
}
const port = () => Object.assign(new EventEmitter(), { start() {}, postMessage() {} }) as never;

test("a page is served when the engine is ready, not when it was only started", async () => {
  const process = fakeProcess();
  const engine = createLocalEngine(process);
  const served = engine.serve(port(), () => {});
  expect(process.sent).toEqual([]);
  process.says({ kind: "ready" });
  expect(await served).toMatchObject({ ok: true });
  expect(process.sent).toMatchObject([{ kind: "page" }]);
  await engine.serve(port(), () => {});
  expect(process.sent).toHaveLength(2);
});

test("an engine that ends before it is ready answers with the reason, and loses nobody", async () => {
  const process = fakeProcess();
  const why: string[] = [];
  const engine = createLocalEngine(process, (text) => why.push(text));
  let lost = 0;
  const served = engine.serve(port(), () => lost++);
  process.ends("exit 1: Error: broken");
  expect(await served).toMatchObject({ ok: false, failure: { cause: expect.stringContaining("Error: broken") } });
  expect([lost, why, engine.alive()]).toEqual([0, ["exit 1: Error: broken"], false]);
});

test("the page that was served last is told once, and what was asked is answered", async () => {
  const process = fakeProcess();
  const engine = createLocalEngine(process);
  process.says({ kind: "ready" });
  const lost: string[] = [];
  await engine.serve(port(), () => lost.push("before"));
  await engine.serve(port(), () => lost.push("now"));
  const asked = engine.open("/a.refscope");
  process.ends("killed");
  process.ends("killed");
  expect(lost).toEqual(["now"]);
  expect(await asked).toMatchObject({ ok: false, problem: { code: "engine-lost" } });
  expect(await engine.open("/a.refscope")).toMatchObject({ problem: { code: "engine-lost" } });
});

test("a process that cannot run says so with its last error", async () => {
  const ended = Promise.withResolvers<string>();
  startChild(process.execPath, "/nowhere", process.env).onExit(ended.resolve);
  expect(await ended.promise).toMatch(/^exit 1: Error: Cannot find module/);
  const missing = Promise.withResolvers<string>();
  startChild("/nowhere/node", "/nowhere", process.env).onExit(missing.resolve);
  expect(await missing.promise).toMatch(/ENOENT/);
});

test("of much that was written the last error counts, and all of it goes on", () => {
  const errors = new EventEmitter();
  const passed: string[] = [];
  const why = lastWords(errors, (text) => passed.push(text));
  errors.emit("data", Buffer.from("x".repeat(9000)));
  errors.emit("data", "\nTypeError: first\n    at a\nError: last\n    at b\n\nNode.js v24\n");
  expect(why(1)).toBe("exit 1: Error: last");
  expect(passed).toHaveLength(2);
  expect(lastWords(null, () => {})("SIGSEGV")).toBe("exit SIGSEGV");
});
