// A closed recording and a verdict in; the verdict kept in it, the file sealed again, and what was harmed left alone.
import { join } from "node:path";
import { crc32 } from "node:zlib";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { DiagnosisDocument } from "../../shared/diagnosis-document.ts";
import { expectOk, feed, read, recorderAt, target, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { pack } from "./packed.ts";
import { keepDiagnosis } from "./stored-diagnosis.ts";

const verdict = (path: string): DiagnosisDocument => ({
  ...{ schema: "refscope.diagnosis/1", verdict: "clean", why: null, path, seconds: 30 },
  target: { ...target, build: [...target.build] },
  ...{ suspects: [], notes: [], steps: [], notObserved: ["Nothing else."] },
});

function closed(): string {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  feed(recorder, ["+++"]);
  expectOk(recorder.finish(undefined));
  return path;
}

test("the verdict is kept, the newest alone, and the file is as it was sealed", () => {
  const path = closed();
  expectOk(keepDiagnosis(path, { ...verdict(path), verdict: "leak" }));
  expectOk(keepDiagnosis(path, verdict(path)));
  const reader = read(path);
  expect([reader.verify(), reader.diagnosis()]).toEqual(["verified", verdict(path)]);
});

test("source that other recordings kept comes along, unless the file is here as it was at another time", () => {
  const path = closed();
  const lines = [{ line: 7, text: "Py_INCREF(key);" }];
  const source = { file: "/src/fast.c", hash: "a".repeat(64), lines };
  const other = { ...source, hash: "b".repeat(64), lines: [{ line: 8, text: "of another file" }] };
  expectOk(keepDiagnosis(path, verdict(path), [source, source, other]));
  const reader = read(path);
  expect([reader.verify(), reader.source("/src/fast.c", 1, 20)]).toEqual(["verified", { hash: source.hash, lines }]);
});

test("a file that was changed is not sealed again", () => {
  const path = closed();
  const connection = new Database(path);
  connection.exec("UPDATE meta SET value = 'x' WHERE name = 'privacy'");
  connection.close();
  expect(keepDiagnosis(path, verdict(path))).toMatchObject({ ok: false, failure: { code: "cannot-write" } });
  expect(read(path).verify()).toBe("damaged");
});

test("a verdict that is not what was written is left out", () => {
  const path = closed();
  expectOk(keepDiagnosis(path, verdict(path)));
  const connection = new Database(path);
  connection.exec("UPDATE diagnosis SET document = x'00'");
  connection.close();
  expect(read(path).diagnosis()).toBeUndefined();
});

test("a verdict from before a step said its kind is read, with the kind that its sentence has", () => {
  const path = closed();
  const told = { at: 0, seconds: 1, path: null };
  const said = ["recorded what is allocated", "followed new objects: app.py:5", "audited fast.so"];
  const before = { ...verdict(path), steps: said.map((did) => ({ ...told, did })) };
  const bytes = Buffer.from(JSON.stringify(before));
  const connection = new Database(path);
  connection.prepare("INSERT INTO diagnosis VALUES (1, ?, ?, ?)").run(bytes.length, crc32(bytes), pack(bytes));
  connection.close();
  expect(
    read(path)
      .diagnosis()
      ?.steps.map(({ kind }) => kind),
  ).toEqual(["lifecycle", "watch", "audit"]);
});
