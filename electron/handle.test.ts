// In: calls from every wrong frame, of every wrong shape, too many at once. Out: none reaches an action. Item 17 of the checklist.
import fc from "fast-check";
import { expect, test } from "vitest";
import { desktopContract } from "../shared/desktop-contract.ts";
import { type Actions, type Asker, handle } from "./handle.ts";
import { createRate } from "./rate.ts";

type Listener = (event: Asker, name: unknown, params: unknown) => Promise<unknown>;

/** Every action notes that it was reached. */
function listening(perSecond = 1e6): { readonly reached: string[]; readonly listener: Listener } {
  const reached: string[] = [];
  const names = Object.keys(desktopContract);
  const note = (name: string) => () => {
    reached.push(name);
    return { ok: true, value: null };
  };
  const actions: Actions = Object.fromEntries(names.map((name) => [name, note(name)])) as never;
  const given: Listener[] = [];
  const ipc = { handle: (_channel: string, listener: Listener) => void given.push(listener) };
  handle(
    ipc,
    actions,
    createRate(perSecond, perSecond, () => 0),
  );
  const [listener] = given;
  if (!listener) throw new Error("nothing listens");
  return { reached, listener };
}

const frame = (url: string, parent: unknown = null) => ({ url, parent });
const asker = (senderFrame: unknown, mainFrame: unknown = senderFrame): Asker =>
  ({ senderFrame, sender: { mainFrame } }) as never;
const own = asker(frame("app://ui/#/processes"));

test("17: only the top frame of our own page is heard", async () => {
  const top = frame("app://ui/");
  const strangers = [
    asker(null, top),
    asker(frame("app://ui/", top), top),
    asker(frame("app://ui/"), top),
    ..."https://ui/ app://ui.evil/ app://evil/ app://x@ui/ http://app://ui/ file:///ui about:blank app://ui/x.html"
      .split(" ")
      .map((url) => asker(frame(url))),
    asker(frame("")),
  ];
  const { reached, listener } = listening();
  for (const stranger of strangers) await expect(listener(stranger, "recent", {})).rejects.toThrow("refused");
  expect(reached).toEqual([]);
  await listener(own, "recent", {});
  expect(reached).toEqual(["recent"]);
});

test("17: what is no row or does not fit its row reaches nothing", async () => {
  const { reached, listener } = listening();
  const wrong: readonly (readonly [unknown, unknown])[] = [
    ...["", "constructor", "__proto__", "toString", "Connect", 1, null, undefined, {}, ["connect"]].map(
      (name) => [name, {}] as const,
    ),
    ["connect", null],
    ["connect", { more: 1 }],
    ["switchEngine", {}],
    ["switchEngine", { link: "x".repeat(3000) }],
    ["dropRecordings", { paths: [""] }],
    ["dropRecordings", { paths: ["x".repeat(5000)] }],
    ["dropRecordings", { paths: [] }],
    ["dropRecordings", { paths: ["a.refscope", "b.refscope", "c.refscope"] }],
    ["exportRecording", { path: "a.refscope", format: "exe" }],
    ["chooseTheme", { theme: "blue" }],
    ["showing", { path: 1 }],
    ["keepOffered", { ticket: "../../etc/passwd", name: "a.refscope" }],
    ["openPage", { id: "https://example.com/" }],
  ];
  for (const [name, params] of wrong)
    expect(await listener(own, name, params)).toMatchObject({ ok: false, problem: { code: "usage" } });
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.jsonValue(), async (name, params) => {
      if (!(name in desktopContract)) expect(await listener(own, name, params)).toMatchObject({ ok: false });
    }),
  );
  expect(reached).toEqual([]);
});

test("17: a page in a loop is not heard any more", async () => {
  const { reached, listener } = listening(5);
  for (let call = 0; call < 50; call++) await listener(own, "recent", {});
  expect(reached).toHaveLength(5);
});

test("a rate fills again with time, and no further than its burst", () => {
  let now = 0;
  const rate = createRate(10, 3, () => now);
  const taken = () => [1, 2, 3, 4].filter(() => rate.take()).length;
  expect(taken()).toBe(3);
  now = 100;
  expect(taken()).toBe(1);
  now = 100_000;
  expect(taken()).toBe(3);
});
