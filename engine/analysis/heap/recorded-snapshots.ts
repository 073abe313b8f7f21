// The path of a recording in, its snapshots decoded and ready to be asked out. Next: worker/worker.ts.
import { statSync } from "node:fs";
import { fail, ok, type Result } from "../../../shared/failures.ts";
import { milliseconds } from "../../../shared/units.ts";
import { WireError } from "../../../shared/wire-error.ts";
import { openRecording, type RecordingReader } from "../../store/reader.ts";
import { frameResolver } from "../frames.ts";
import { minorOf } from "../lines.ts";
import { decodeHeap } from "./decode.ts";
import { HeapAnalysis } from "./heap-analysis.ts";
import type { HeapGraph } from "./heap-graph.ts";
import type { Snapshot } from "./heap-rows.ts";
import type { Snapshots } from "./worker/answers.ts";

export const recordedSnapshots: Snapshots = {
  identity: (path) => {
    const file = statSync(path, { throwIfNoEntry: false });
    return file ? `${file.dev} ${file.ino} ${file.birthtimeMs}` : path;
  },
  newest: (path) =>
    reading(path, ({ heap }) => {
      const last = heap?.snapshots.at(-1);
      return last ? ok(last.id) : fail("no-snapshot", { path, what: "snapshot" });
    }),
  load: (path, id) => reading(path, (reader) => snapshotOf(reader, id)),
};

function reading<T>(path: string, query: (reader: RecordingReader) => Result<T>): Result<T> {
  const reader = openRecording(path);
  if (!reader.ok) return reader;
  try {
    return query(reader.value);
  } finally {
    reader.value.close();
  }
}

function snapshotOf(reader: RecordingReader, id: number): Result<Snapshot> {
  const row = reader.heap?.snapshots.find((snapshot) => snapshot.id === id);
  if (!row) return fail("no-snapshot", { path: reader.path, what: `snapshot ${id}` });
  const graph = graphOf(reader, id);
  if (!graph.ok) return graph;
  const framesOf = frameResolver(reader.names, minorOf(reader.facts.target.python));
  return ok({ id, walkSeconds: row.walk / 1e6, analysis: new HeapAnalysis(graph.value), framesOf });
}

/** A damaged snapshot is a failure: no part of it can be trusted without the others. */
export function graphOf({ path, heap, facts }: RecordingReader, id: number): Result<HeapGraph> {
  const row = heap?.snapshots.find((snapshot) => snapshot.id === id);
  if (!heap || !row) return fail("no-snapshot", { path, what: `snapshot ${id}` });
  const [at, pause] = [milliseconds(row.t / 1000), milliseconds(row.pause / 1000)];
  try {
    return ok(decodeHeap({ at, pause, minor: minorOf(facts.target.python), parts: heap.parts(row), notObserved: [] }));
  } catch (error) {
    if (error instanceof WireError || error instanceof RangeError)
      return fail("bad-recording", { path, why: `snapshot ${id} is damaged: ${error.message}` });
    throw error;
  }
}
