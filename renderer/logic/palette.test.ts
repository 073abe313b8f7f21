// In: commands and what is typed. Out: the lines in their order.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitOf } from "./fuzzy.ts";
import { linesOf, mostRecent, readRecent, withRecent } from "./palette.ts";

const command = (id: string, name: string, detail?: string) => ({ id, name, detail, group: "", run: () => {} });
const all = [
  command("view.processes", "Processes"),
  command("view.gil", "GIL"),
  command("view.grows", "What grows"),
  command("recording.stop", "Stop the recording"),
  command("process:7", "gunicorn 7", "python -m gunicorn shop"),
];
const found = (typed: string, recent: readonly string[] = []) =>
  linesOf(all, recent, typed).map(({ command: { id } }) => id);

test("nothing typed: what was done of late, then all as they stand", () => {
  expect(found("", ["recording.stop", "gone.away"])[0]).toBe("recording.stop");
  expect(found("")).toEqual(all.map(({ id }) => id));
});

test("letters that begin words are meant first", () => {
  expect(found("gr")[0]).toBe("view.grows");
  expect(found("wg")[0]).toBe("view.grows");
  expect(found("str")[0]).toBe("recording.stop");
  expect(found("shop")).toEqual(["process:7"]);
  expect(found("view.gil")[0]).toBe("view.gil");
  expect(found("zzz")).toEqual([]);
});

test("the letters that were meant are told", () => {
  expect(fitOf("str", "Stop the recording")?.at).toEqual([0, 1, 9]);
  expect(fitOf("rec", "Stop the recording")?.at).toEqual([9, 10, 11]);
  expect(fitOf("ba", "ab")).toBeUndefined();
});

test("what fits has its letters in order, at places of the name", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.string({ unit: "binary", maxLength: 40 }),
      (typed, name) => {
        const { at = [] } = fitOf(typed, name) ?? {};
        return at.every((place, n) => place < name.toLowerCase().length && place > (at[n - 1] ?? -1));
      },
    ),
    { numRuns: 10_000 },
  );
});

test("the last ones are kept, each once, and what a browser kept is not believed", () => {
  const ids = Array.from({ length: 12 }, (_, n) => `a.${n}`);
  const recent = ids.reduce<readonly string[]>((before, id) => withRecent(before, id), []);
  expect(recent).toHaveLength(mostRecent);
  expect(withRecent(recent, "a.9")[0]).toBe("a.9");
  expect(new Set(withRecent(recent, "a.9")).size).toBe(mostRecent);
  expect(readRecent(JSON.stringify(recent))).toEqual(recent);
  for (const text of [null, "{", "7", '{"a":1}', "[1,null]"]) expect(readRecent(text)).toEqual([]);
});
