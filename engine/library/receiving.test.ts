// Parts of files as a page may send them in; a whole recording among the received ones, or nothing, out.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mostPart } from "../../shared/library.ts";
import { expectOk, feed, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { isForeign } from "../evidence/foreign.ts";
import { Library } from "../session/library.ts";
import { Receiving } from "./receiving.ts";

function standing() {
  const folder = temporaryFolder();
  const library = new Library(folder);
  const receiving = new Receiving(library);
  onTestFinished(() => receiving.close());
  const left = () => (existsSync(library.receivedFolder) ? readdirSync(library.receivedFolder) : []);
  return { folder, library, receiving, left };
}
function recordedBytes(): Buffer {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  feed(recorder, ["++"]);
  expectOk(recorder.finish(undefined));
  return readFileSync(path);
}
function bring(receiving: Receiving, name: string, bytes: Buffer, step = 4096) {
  const { id } = expectOk(receiving.begin(name, bytes.length));
  for (let at = 0; at < bytes.length; at += step) {
    const part = receiving.part(id, at, bytes.subarray(at, at + step).toString("base64"));
    if (!part.ok) return part;
  }
  return receiving.end(id);
}
const codeOf = (result: { ok: true } | { ok: false; failure: { code: string } }) =>
  result.ok ? "done" : result.failure.code;

test("a whole recording is kept, for its owner alone, and stays a stranger's", () => {
  const { folder, library, receiving, left } = standing();
  const bytes = recordedBytes();
  const path = expectOk(bring(receiving, "from a colleague.refscope", bytes));
  expect(basename(path)).toBe("from-a-colleague.refscope");
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(isForeign(path, folder)).toBe(true);
  expect(library.allowed(path).ok).toBe(true);
  expect(basename(expectOk(bring(receiving, "from a colleague.refscope", bytes)))).toBe("from-a-colleague-2.refscope");
  expect(left()).toHaveLength(2);
});

test("names lead nowhere else", () => {
  const { folder, receiving } = standing();
  const bytes = recordedBytes();
  for (const name of [
    "../../evil",
    "/etc/passwd",
    ".refscope",
    "",
    "..",
    "a\0b",
    "-rf",
    "\u202Egnp",
    "x".repeat(1000),
  ]) {
    const path = expectOk(bring(receiving, name, bytes));
    expect(path).toMatch(/\/received\/[\w][\w.-]{0,62}\.refscope$/);
    expect(path.startsWith(folder)).toBe(true);
  }
});

test("a file of another program is refused at its first part, by the name that it came with", () => {
  const { receiving, left } = standing();
  const { id } = expectOk(receiving.begin("a.png", 100_000));
  const part = receiving.part(id, 0, Buffer.alloc(4096, 7).toString("base64"));
  expect(part).toMatchObject({ ok: false, failure: { code: "foreign-recording" } });
  expect(part.ok ? "" : part.failure.cause).toMatch(/^a.png.refscope is no Refscope recording/);
  expect(left()).toEqual([]);
});

test("one of a newer format says so", () => {
  const { receiving, left } = standing();
  const bytes = recordedBytes();
  bytes.writeUInt32BE(99, 60);
  expect(bring(receiving, "a", bytes)).toMatchObject({ ok: false, failure: { code: "newer-recording" } });
  expect(left()).toEqual([]);
});

test("parts out of order, too long, too many, or no base64 end it, and nothing stays", () => {
  const bytes = recordedBytes();
  const first = bytes.subarray(0, 4096).toString("base64");
  const wrong: readonly (readonly [number, string])[] = [
    [0, first],
    [8192, first],
    [4096, ""],
    [4096, "é".repeat(8)],
    [4096, "AAA"],
    [4096, Buffer.alloc(mostPart + 3).toString("base64")],
    [4096, Buffer.alloc(bytes.length).toString("base64")],
  ];
  for (const [at, data] of wrong) {
    const { receiving, left } = standing();
    const { id } = expectOk(receiving.begin("a", bytes.length));
    expectOk(receiving.part(id, 0, first));
    expect(codeOf(receiving.part(id, at, data))).toBe("usage");
    expect(codeOf(receiving.end(id))).toBe("not-found");
    expect(left()).toEqual([]);
  }
});

test("one that is not whole is not kept, nor one under way when the engine ends", () => {
  const { receiving, left } = standing();
  const bytes = recordedBytes();
  const begun = () => {
    const { id } = expectOk(receiving.begin("a", bytes.length));
    expectOk(receiving.part(id, 0, bytes.subarray(0, 4096).toString("base64")));
    return id;
  };
  expect(codeOf(receiving.end(begun()))).toBe("bad-recording");
  begun();
  begun();
  expect(codeOf(receiving.begin("third", 1))).toBe("usage");
  receiving.close();
  expect(left()).toEqual([]);
});

test("more than the disk has room for is not begun", () => {
  const { receiving, left } = standing();
  expect(codeOf(receiving.begin("a", Number.MAX_SAFE_INTEGER))).toBe("disk-full");
  expect(left()).toEqual([]);
});

test("what an engine that was killed left is cleared away later", () => {
  const { library, receiving, left } = standing();
  expectOk(bring(receiving, "a", recordedBytes()));
  writeFileSync(join(library.receivedFolder, ".incoming-fresh"), "x");
  bring(receiving, "b", recordedBytes());
  expect(left()).toEqual([".incoming-fresh", "a.refscope", "b.refscope"]);
});
