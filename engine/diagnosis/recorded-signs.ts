// The path of a recording in; what it shows out. Runs in a thread of its own (signs-worker.ts) where a target waits for beats meanwhile.
import type { Result } from "../../shared/failures.ts";
import type { HeapGraph } from "../analysis/heap/heap-graph.ts";
import { graphOf } from "../analysis/heap/recorded-snapshots.ts";
import { openRecording, type RecordingReader } from "../store/reader.ts";
import type { Signs } from "./candidate.ts";
import { isExtension } from "./extensions.ts";
import { signsOf } from "./signs.ts";

/** `loaded`: extension modules of the process; without it, those that the recording names. */
export function recordedSigns(path: string, loaded?: readonly string[]): Result<Signs> {
  const reader = openRecording(path);
  if (!reader.ok) return reader;
  try {
    const known = loaded ?? reader.value.names.modules.map((module) => module.path).filter(isExtension);
    return { ok: true, value: signsOf(reader.value, known, graphsOf(reader.value)) };
  } finally {
    reader.value.close();
  }
}

/** One after another: each takes some hundred bytes an object. One that is damaged says nothing. */
function* graphsOf(reader: RecordingReader): Generator<HeapGraph> {
  for (const { id } of spread(reader.heap?.snapshots ?? [])) {
    const graph = graphOf(reader, id);
    if (graph.ok) yield graph.value;
  }
}

/** Three would do; more than these cost time and tell no more. */
const enough = 4;

/** The first, the last, and those between at equal distances. */
function spread<T>(all: readonly T[]): readonly T[] {
  if (all.length <= enough) return all;
  return Array.from({ length: enough }, (_, at) => all[Math.round((at * (all.length - 1)) / (enough - 1))]).filter(
    (one) => one !== undefined,
  );
}
