// Wishes of a door in; files that are named otherwise, tagged, removed and taken back, out; and what no door may do to them.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fail, failure } from "../../shared/failures.ts";
import { expectOk, feed, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { verifyRecording } from "../evidence/verify.ts";
import { Library } from "../session/library.ts";
import { Shelf, type ShelfParts } from "./shelf.ts";

function shelfIn(folder: string, more: Partial<ShelfParts> = {}): Shelf {
  return new Shelf({
    library: new Library(folder),
    isActive: () => false,
    forget: () => {},
    look: async (path) => fail("bad-recording", { path, why: "nobody looks" }),
    ...more,
  });
}
function recorded(folder: string, name = "a"): string {
  const path = join(folder, `${name}.refscope`);
  const recorder = recorderAt(path);
  feed(recorder, ["++"]);
  expectOk(recorder.finish(undefined));
  return path;
}
const codeOf = (result: { ok: true } | { ok: false; failure: { code: string } }) =>
  result.ok ? "done" : result.failure.code;

test("a tag stands beside the recording, which stays as it was sealed", () => {
  const folder = temporaryFolder();
  const path = recorded(folder);
  const before = readFileSync(path);
  const shelf = shelfIn(folder);
  expect(expectOk(shelf.tag(path, ["before", "before", "größer"]))).toEqual(["before", "größer"]);
  expect(shelfIn(folder).state().tags).toEqual([{ path, tags: ["before", "größer"] }]);
  expect(readFileSync(path).equals(before)).toBe(true);
  expectOk(shelf.tag(path, []));
  expect(shelf.state().tags).toEqual([]);
});

test("renamed it keeps its tags, and is still verified", () => {
  const folder = temporaryFolder();
  const forgotten: string[] = [];
  const shelf = shelfIn(folder, { forget: (path) => forgotten.push(path) });
  const path = recorded(folder);
  expectOk(shelf.tag(path, ["x"]));
  const to = expectOk(shelf.rename(path, "after the fix")).path;
  expect(to).toBe(join(folder, "after the fix.refscope"));
  expect([existsSync(path), forgotten]).toEqual([false, [path]]);
  expect(expectOk(verifyRecording(to)).outcome).toBe("verified");
  expect(shelf.state().tags).toEqual([{ path: to, tags: ["x"] }]);
});

test("a name that is taken is not overwritten", () => {
  const folder = temporaryFolder();
  const [a, b] = [recorded(folder, "a"), recorded(folder, "b")];
  const before = readFileSync(b);
  expect(codeOf(shelfIn(folder).rename(a, "b"))).toBe("cannot-write");
  expect(readFileSync(b).equals(before)).toBe(true);
  expect(existsSync(a)).toBe(true);
});

test("the log of a recording whose recorder was killed goes with it", () => {
  const folder = temporaryFolder();
  const path = recorded(folder);
  writeFileSync(`${path}-wal`, "log");
  const shelf = shelfIn(folder);
  const to = expectOk(shelf.rename(path, "b")).path;
  expect(readFileSync(`${to}-wal`, "utf8")).toBe("log");
  const { id } = expectOk(shelf.remove(to));
  expect(readdirSync(folder).filter((name) => name.includes(".refscope"))).toEqual([]);
  expect(readFileSync(`${expectOk(shelf.restore(id)).path}-wal`, "utf8")).toBe("log");
});

test("removed it can be taken back with its tags, until it is gone for good", () => {
  const folder = temporaryFolder();
  const path = recorded(folder);
  const before = readFileSync(path);
  const patient = shelfIn(folder, { undoMs: 3600_000 });
  expectOk(patient.tag(path, ["x"]));
  const removed = expectOk(patient.remove(path));
  expect(patient.state()).toMatchObject({ tags: [], removed: [{ id: removed.id, name: "a" }], bytes: 0 });
  expect(patient.rows()).toEqual([]);
  expect(expectOk(patient.restore(removed.id))).toEqual({ path });
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(patient.state()).toMatchObject({ tags: [{ path, tags: ["x"] }], removed: [] });
  expect(codeOf(patient.restore(removed.id))).toBe("not-found");

  const hasty = shelfIn(folder, { undoMs: 0 });
  const again = expectOk(hasty.remove(path));
  expect(hasty.state().removed).toEqual([]);
  expect(readdirSync(join(folder, "trash"))).toEqual([]);
  expect(codeOf(hasty.restore(again.id))).toBe("not-found");
});

test("where another has its name by then, it comes back under one of its own", () => {
  const folder = temporaryFolder();
  const shelf = shelfIn(folder);
  const path = recorded(folder);
  const { id } = expectOk(shelf.remove(path));
  recorded(folder);
  expect(expectOk(shelf.restore(id)).path).toBe(join(folder, "a-2.refscope"));
});

test("what is being written is neither renamed nor removed", () => {
  const folder = temporaryFolder();
  const path = join(folder, "a.refscope");
  const recorder = recorderAt(path);
  expect(codeOf(shelfIn(folder).remove(path))).toBe("recording-in-use");
  expect(codeOf(shelfIn(folder).rename(path, "b"))).toBe("recording-in-use");
  expectOk(recorder.finish(undefined));
  expect(codeOf(shelfIn(folder, { isActive: () => true }).remove(path))).toBe("recording-in-use");
  expect(existsSync(path)).toBe(true);
});

test("files elsewhere, folders, links to elsewhere and what is no recording are left alone", () => {
  const home = temporaryFolder();
  const folder = join(home, "library");
  mkdirSync(join(folder, "deeper"), { recursive: true });
  const elsewhere = recorded(home);
  const deeper = recorded(join(folder, "deeper"));
  const link = join(folder, "link.refscope");
  symlinkSync(elsewhere, link);
  writeFileSync(join(folder, "notes.txt"), "x");
  const shelf = shelfIn(folder);
  for (const path of [
    elsewhere,
    deeper,
    link,
    folder,
    join(folder, "notes.txt"),
    join(folder, "none.refscope"),
    "a",
    "",
  ])
    for (const tried of [shelf.remove(path), shelf.rename(path, "mine"), shelf.tag(path, ["x"])])
      expect([path, codeOf(tried)]).toEqual([path, "no-recording"]);
  expect([existsSync(elsewhere), existsSync(deeper)]).toEqual([true, true]);
});

test("a note that is not understood is put aside, not lost", () => {
  const folder = temporaryFolder();
  const path = recorded(folder);
  for (const text of ["{", "[]", '{"version":2}', '{"version":1,"tags":{"a":[1]}}']) {
    writeFileSync(join(folder, "library.json"), text);
    const shelf = shelfIn(folder);
    expect(shelf.state().tags).toEqual([]);
    expectOk(shelf.tag(path, ["x"]));
    expect(readFileSync(join(folder, "library.json.not-understood"), "utf8")).toBe(text);
  }
});

test("a stranger's file is a row of what was seen of it where it does no harm", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "received"));
  const path = recorded(join(folder, "received"));
  const shelf = shelfIn(folder, {
    look: async () => ({ ok: false, failure: failure("bad-recording", { path, why: "it is a test" }) }),
  });
  await shelf.admit(path);
  expect(shelf.rows()).toMatchObject([{ path, foreign: true, status: "unreadable", target: null }]);
  expect(shelf.rows()[0]?.problem).toContain("it is a test");
  expectOk(shelf.tag(path, ["x"]));
  expect(expectOk(shelf.rename(path, "b")).path).toBe(join(folder, "received", "b.refscope"));
  expect(shelf.rows()[0]?.problem).toContain("it is a test");
});

test("a look that was cut short is not noted down: the next engine looks again", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "received"));
  const path = recorded(join(folder, "received"));
  const shelf = shelfIn(folder, { look: async () => fail("recording-stalls", { path, why: "it was closed" }) });
  await shelf.admit(path);
  expect(shelf.rows()[0]?.problem).toContain("given up");
  const looked: string[] = [];
  const next = shelfIn(folder, {
    look: async (at) => {
      looked.push(at);
      return fail("bad-recording", { path: at, why: "it is a test" });
    },
  });
  expect(next.rows()[0]?.problem).toContain("for the first time");
  await expect.poll(() => next.rows()[0]?.problem).toContain("it is a test");
  expect(looked).toEqual([path]);
});
