// Parts of a walk in, the same parts out of the file; damage is told, and files from before snapshots still open.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { WireError } from "../../shared/wire-error.ts";
import { read, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { createRecording } from "./create.ts";
import { openRecording } from "./reader.ts";
import { chunksEach } from "./schema-heap.ts";
import { RecordingWriter } from "./writer.ts";

const parts = [Uint8Array.from({ length: 5000 }, (_, i) => i % 7), Uint8Array.of(1, 2, 3)];
const row = (id: number) => ({ id, t: 1500, pause: 900, walk: 20_000, objects: 3, edges: 4, size: 5003, chunks: 2 });

function recorded(): string {
  const path = join(temporaryFolder(), "heap.refscope");
  const created = createRecording(path, { "target.python": "3.11.7", collected: "[]" });
  if (!created.ok) throw new Error(created.failure.cause);
  const writer = new RecordingWriter(created.value.connection);
  writer.transaction(() => {
    for (const id of [1, 2, 3]) for (const [ordinal, bytes] of parts.entries()) writer.heap.chunk(id, ordinal, bytes);
    for (const id of [1, 3]) writer.heap.snapshot(row(id));
    writer.heap.drop(2);
  });
  created.value.connection.close();
  return path;
}

test("snapshots are kept whole, and those that were given up leave nothing", () => {
  const reader = read(recorded());
  expect(reader.heap?.snapshots).toEqual([row(1), row(3)]);
  for (const snapshot of reader.heap?.snapshots ?? [])
    expect([...(reader.heap?.parts(snapshot) ?? [])].map((bytes) => [...bytes])).toEqual(
      parts.map((bytes) => [...bytes]),
    );
});

test.each([
  ["damaged", `UPDATE heap_chunk SET walk = x'00' WHERE id = ${chunksEach}`],
  ["another", `UPDATE heap_chunk SET crc = crc + 1 WHERE id = ${chunksEach}`],
  ["missing", `DELETE FROM heap_chunk WHERE id = ${chunksEach}`],
  ["missing at the end", `DELETE FROM heap_chunk WHERE id = ${chunksEach + 1}`],
])("a part that is %s is told", (_, sql) => {
  const path = recorded();
  const connection = new Database(path);
  connection.exec(sql);
  connection.close();
  const { heap } = read(path);
  const [first] = heap?.snapshots ?? [];
  expect(() => (first ? [...(heap?.parts(first) ?? [])] : [])).toThrow(WireError);
});

test("a recording of format 2 from before there were snapshots is read", () => {
  const path = recorded();
  const before = join(temporaryFolder(), "before.refscope");
  copyFileSync(path, before);
  const connection = new Database(before);
  const later = ["heap_snapshot", "heap_chunk", "diagnosis", "mark", "source_file", "source_text"];
  for (const name of later) connection.exec(`DROP TABLE ${name}`);
  connection.close();
  const opened = openRecording(before);
  expect(opened).toMatchObject({ ok: true });
  if (opened.ok) expect(opened.value.heap).toBeUndefined();
});
