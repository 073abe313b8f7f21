// What every gateway promises, held against each one that loads here, on real processes.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openBinding } from "../../engine/gateway/binding.ts";
import type { Gateway, GatewaySession } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { milliseconds, pid } from "../../shared/units.ts";
import { burst, echo, load } from "./agents.ts";
import { startTarget, type Target } from "./targets.ts";
import { failureOf, value } from "./value.ts";

const binding = await openBinding();
if (!binding.ok) console.info(`contract suite: the binding is left out: ${binding.failure.cause}`);
const kinds = binding.ok ? (["bridge", "binding"] as const) : (["bridge"] as const);
const patience = { timeout: 20_000, interval: 20 };

describe.each(kinds)("gateway %s", (kind) => {
  let gateway: Gateway;
  const targets: Target[] = [];
  beforeAll(async () => {
    gateway = value(await openGateway(kind));
  });
  afterEach(async () => {
    await Promise.all(targets.splice(0).map((target) => target.end()));
  });
  afterAll(() => gateway.close());

  async function attached(): Promise<{ target: Target; session: GatewaySession }> {
    const target = await startTarget();
    targets.push(target);
    return { target, session: value(await gateway.attach(target.pid)) };
  }

  it("lists processes", async () => {
    const list = value(await gateway.enumerate());
    expect(list.some((row) => row.pid === process.pid)).toBe(true);
  });

  it("says that there is no such process", async () => {
    expect(failureOf(await gateway.attach(pid(2 ** 22 + 1))).code).toBe("no-such-process");
  });

  it("starts a program, suspended, and hands over what it prints", async () => {
    const printed = { 1: "", 2: "" };
    const onOutput = (fd: 1 | 2, bytes: Uint8Array) => {
      printed[fd] += Buffer.from(bytes).toString();
    };
    const code = "import os, sys; print(os.environ['GREETING'], os.getcwd()); print('bad', file=sys.stderr)";
    const options = { cwd: "/", env: { GREETING: "hello" }, onOutput };
    const started = value(await gateway.spawn(["/usr/bin/env", "python3", "-c", code], options));
    await sleep(100);
    expect(printed).toEqual({ 1: "", 2: "" });
    value(await gateway.resume(started));
    await vi.waitFor(() => expect(printed).toEqual({ 1: "hello /\n", 2: "bad\n" }), patience);
  });

  it("says that a program could not be started", async () => {
    expect(failureOf(await gateway.spawn(["/nowhere/at-all"])).code).toBe("program-not-started");
  });

  it("kills what it started", async () => {
    const started = value(await gateway.spawn(["/bin/sleep", "100"]));
    value(await gateway.kill(started));
    await vi.waitFor(() => expect(() => process.kill(started, 0)).toThrow(), patience);
  });

  it("attaches, loads a script, hears it and lets go", async () => {
    const { target, session } = await attached();
    const { script, heard } = await load(session, echo);
    expect(value(await script.call("where", [])).value).toBe(target.pid);
    expect(heard.messages).toEqual([{ payload: "loaded", bytes: undefined }]);
    script.post({ type: "ping", number: 1 });
    await vi.waitFor(() => expect(heard.messages[1]?.payload).toEqual({ pong: 1 }), patience);
    await script.unload();
    await session.detach();
    expect(await session.detached).toBe("asked");
    expect(target.state()).toMatch(/[SR]/);
  });

  it("keeps the order of posts", async () => {
    const { session } = await attached();
    const { script, heard } = await load(session, echo);
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    for (const number of numbers) script.post({ type: "ping", number });
    await vi.waitFor(() => expect(heard.messages).toHaveLength(201), patience);
    expect(heard.messages.slice(1).map((m) => m.payload)).toEqual(numbers.map((number) => ({ pong: number })));
    await session.detach();
  });

  it("carries bytes both ways", async () => {
    const { session } = await attached();
    const { script } = await load(session, echo);
    const bytes = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
    const reply = value(await script.call("echo", [{ with: ["a", "välue", null] }], bytes));
    expect(reply.value).toEqual({ with: ["a", "välue", null] });
    expect(Buffer.compare(Buffer.from(reply.bytes ?? []), Buffer.from(bytes).reverse())).toBe(0);
    await session.detach();
  });

  it("tells an error of the agent with its stack", async () => {
    const { session } = await attached();
    const { script } = await load(session, echo);
    const thrown = failureOf(await script.call("fail", []));
    expect(thrown.code).toBe("agent-error");
    expect(thrown.cause).toMatch(/TypeError: on purpose\n\s+at fail/);
    expect(failureOf(await script.call("later", [])).cause).toContain("RangeError: later on purpose");
    expect(failureOf(await script.call("missing", [])).code).toBe("agent-error");
    await session.detach();
  });

  it("refuses a script with a syntax error", async () => {
    const { session } = await attached();
    const refused = failureOf(await session.loadScript("const = 3;", { message: () => {}, error: () => {} }));
    expect(refused.code).toBe("agent-error");
    expect(refused.cause).toContain("SyntaxError");
    await session.detach();
  });

  it("hears what an agent throws with nobody waiting", async () => {
    const { session } = await attached();
    const { script, heard } = await load(session, echo);
    value(await script.call("stray", []));
    await vi.waitFor(() => expect(heard.errors.join()).toContain("nobody waits"), patience);
    expect(value(await script.call("echo", [1])).value).toBe(1);
    await session.detach();
  });

  it("ends a call that gets no answer, by time and by detaching", async () => {
    const { session } = await attached();
    const { script } = await load(session, echo);
    expect(failureOf(await script.call("never", [], undefined, milliseconds(50))).code).toBe("agent-silent");
    const waiting = script.call("never", []);
    await session.detach();
    expect(failureOf(await waiting).code).toBe("agent-error");
    expect(failureOf(await script.call("echo", [1])).code).toBe("agent-error");
    expect((await session.loadScript(echo, { message: () => {}, error: () => {} })).ok).toBe(false);
  });

  it("keeps two scripts of one process apart", async () => {
    const { session } = await attached();
    const [a, b] = [await load(session, echo), await load(session, echo)];
    a.script.post({ type: "ping", number: 1 });
    b.script.post({ type: "ping", number: 2 });
    await vi.waitFor(() => expect(a.heard.messages[1]?.payload).toEqual({ pong: 1 }), patience);
    await vi.waitFor(() => expect(b.heard.messages[1]?.payload).toEqual({ pong: 2 }), patience);
    await a.script.unload();
    expect(value(await b.script.call("echo", ["still here"])).value).toBe("still here");
    await session.detach();
  });

  it.each([
    ["exits", "os._exit(3)"],
    ["is killed", "os.kill(os.getpid(), signal.SIGKILL)"],
    ["reads from nowhere", "ctypes.string_at(0)"],
    ["aborts", "os.abort()"],
  ])("notices that the target %s", async (_how, line) => {
    const { target, session } = await attached();
    const { script } = await load(session, echo);
    const waiting = script.call("never", []);
    target.say(line);
    expect(await session.detached).toBe("target-ended");
    expect(failureOf(await waiting).code).toBe("target-ended");
    await target.ended();
  });

  it("notices that the target becomes another program", async () => {
    const { target, session } = await attached();
    await load(session, echo);
    target.say("os.execv('/bin/sleep', ['sleep', '100'])");
    expect(await session.detached).toBe("target-replaced");
    await sleep(200);
    expect(target.state()).toBe("S");
  });

  it("carries 100 MB without loss or change of order", async () => {
    const { session } = await attached();
    const chunks = 640;
    let next = 0;
    const broken: number[] = [];
    const message = (payload: unknown, bytes: Uint8Array | undefined) => {
      if (!isChunk(payload, next, bytes)) broken.push(next);
      next++;
    };
    const script = value(await session.loadScript(burst, { message, error: () => {} }));
    expect(value(await script.call("burst", [chunks], undefined, milliseconds(90_000))).value).toBe(chunks);
    await vi.waitFor(() => expect(next).toBe(chunks), { timeout: 60_000, interval: 50 });
    expect(broken).toEqual([]);
    await session.detach();
  });

  it("lets the target go when it is closed", async () => {
    const other = value(await openGateway(kind));
    const target = await startTarget();
    targets.push(target);
    const session = value(await other.attach(target.pid));
    await load(session, echo);
    await other.close();
    expect(await session.detached).toBe("asked");
    expect(await other.lost).toBe("closed");
    await sleep(200);
    expect(target.state()).toMatch(/[SR]/);
  });
});

/** 160 KiB whose words add up to what the agent said, in its turn. */
function isChunk(payload: unknown, sequence: number, bytes: Uint8Array | undefined): boolean {
  if (bytes?.length !== 160 * 1024) return false;
  let sum = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at, true)) >>> 0;
  return JSON.stringify(payload) === JSON.stringify({ sequence, sum });
}
