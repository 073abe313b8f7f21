// In: texts as a peer could send them. Out: what serveRpc answers, always an answer and never a throw.
import { expect, test } from "vitest";
import { fail, ok } from "../../shared/failures.ts";
import { answer, type Callee, serveRpc } from "./rpc.ts";

const states: Callee = {
  async call(name) {
    if (name === "recording.stop") return fail("no-recording", { path: "a.refscope" });
    if (name === "doctor.run") throw new Error("index out of range");
    return fail("usage", { what: `called ${name}` });
  },
};

const ask = (value: unknown) => answer(states, typeof value === "string" ? value : JSON.stringify(value));
const codeOf = async (value: unknown) => {
  const response = await ask(value);
  return response.ok ? "ok" : response.error.code;
};

test("a call reaches the engine with its parsed parameters, and its failure comes back as three lines", async () => {
  expect(await ask({ id: 7, method: "recording.stop", params: { path: "a.refscope" } })).toEqual({
    id: 7,
    ok: false,
    error: { code: "no-recording", cause: "there is no recording at a.refscope", fix: expect.any(String) },
  });
});

test("what is no call is answered as usage", async () => {
  for (const text of ["", "{", "null", "[]", '"x"', "1", '{"id":-1,"method":"x","params":{}}', '{"id":1}'])
    expect(await codeOf(text)).toBe("usage");
  expect(await codeOf({ id: 1, method: "recording.stop", params: {} })).toBe("usage");
  expect(await codeOf({ id: 1, method: "recording.stop", params: { path: 1 } })).toBe("usage");
  expect(await codeOf({ id: 1, method: "recording.stop", params: { path: "a", more: 1 } })).toBe("usage");
  expect(await codeOf({ id: 1, method: "recording.stop", params: { path: "a" }, more: 1 })).toBe("usage");
});

test("names of Object.prototype are no calls", async () => {
  for (const method of ["__proto__", "constructor", "toString", "hasOwnProperty", ""])
    expect(await codeOf({ id: 1, method, params: {} })).toBe("usage");
});

test("a parameter that is wrong is named", async () => {
  const response = await ask({ id: 3, method: "recording.series", params: { path: "a", buckets: 6000 } });
  expect(response.ok ? "" : response.error.cause).toContain("buckets");
  expect(response.id).toBe(3);
});

test("a throw inside the engine is a bug with its words, not a closed channel", async () => {
  const response = await ask({ id: 9, method: "doctor.run", params: {} });
  expect(response).toMatchObject({ id: 9, ok: false, error: { code: "bug", cause: "index out of range" } });
});

test("serveRpc answers over a channel in the order the engine ends", async () => {
  const late = Promise.withResolvers<void>();
  const slow: Callee = {
    async call(name) {
      if (name === "sessions.list") await late.promise;
      return fail("usage", { what: name });
    },
  };
  const sent: string[] = [];
  const listeners: ((text: string) => void)[] = [];
  serveRpc(slow, { send: (text) => sent.push(text), onMessage: (listener) => listeners.push(listener) });
  listeners[0]?.(JSON.stringify({ id: 1, method: "sessions.list", params: {} }));
  listeners[0]?.(JSON.stringify({ id: 2, method: "recording.states", params: {} }));
  await expect.poll(() => sent.length).toBe(1);
  late.resolve();
  await expect.poll(() => sent.length).toBe(2);
  expect(sent.map((text) => JSON.parse(text).id)).toEqual([2, 1]);
});

test("an answer that went well carries the result", async () => {
  const empty: Callee = { call: async () => ok(JSON.parse("[]")) };
  expect(await answer(empty, '{"id":4,"method":"recording.states","params":{}}')).toEqual({
    id: 4,
    ok: true,
    result: [],
  });
});
