// Frida's rpc messages by hand: answers, errors with their stack, bytes, and calls that nobody answers any more.
import { expect, it } from "vitest";
import { failure } from "../../shared/failures.ts";
import { milliseconds, pid } from "../../shared/units.ts";
import { RpcChannel } from "./rpc-channel.ts";

function channel() {
  const posted: unknown[] = [];
  return { posted, rpc: new RpcChannel(pid(7), (message) => void posted.push(message)) };
}

it("matches answers to calls in whatever order they come", async () => {
  const { posted, rpc } = channel();
  const calls = [rpc.call("a", [1]), rpc.call("b", [])];
  expect(posted).toEqual([
    ["frida:rpc", 1, "call", "a", [1]],
    ["frida:rpc", 2, "call", "b", []],
  ]);
  expect(rpc.accept(["frida:rpc", 2, "ok", "second"], undefined)).toBe(true);
  expect(rpc.accept(["frida:rpc", 1, "ok", null, "first"], new Uint8Array([9]))).toBe(true);
  expect(await Promise.all(calls)).toEqual([
    { ok: true, value: { value: "first", bytes: new Uint8Array([9]) } },
    { ok: true, value: { value: "second" } },
  ]);
});

it("leaves other payloads and ignores answers nobody asked for", () => {
  const { rpc } = channel();
  expect([{ kind: "batch" }, ["frida"], null, 3].map((payload) => rpc.accept(payload, undefined))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(rpc.accept(["frida:rpc", 99, "ok", 1], undefined)).toBe(true);
  expect(rpc.accept(["frida:rpc", "x"], undefined)).toBe(true);
});

it("ends every call: by silence and by closing", async () => {
  const { rpc } = channel();
  const silent = await rpc.call("a", [], undefined, milliseconds(5));
  expect(silent.ok ? "" : silent.failure.code).toBe("agent-silent");
  const waiting = rpc.call("b", []);
  const why = failure("gateway-lost", { why: "test" });
  rpc.close(why);
  expect(await Promise.all([waiting, rpc.call("c", [])])).toEqual([
    { ok: false, failure: why },
    { ok: false, failure: why },
  ]);
});
