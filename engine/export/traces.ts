// A recording, a format and a time range in; the pieces of a trace over time out. Next: export.ts.
import type { TargetFacts } from "../../shared/documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { Recorded } from "../analysis/recorded.ts";
import { chromeTrace } from "./chrome-trace.ts";
import { type Counted, type CounterPoint, counterPoints, type TraceRange } from "./counters.ts";
import { gilTrace } from "./gil-trace.ts";
import { perfettoTrace } from "./perfetto-trace.ts";

const writers = { chrome: chromeTrace, perfetto: perfettoTrace } as const;
export type TraceFormat = keyof typeof writers;

export interface TracedRecording {
  readonly path: string;
  readonly recorded: Recorded;
  readonly target: TargetFacts;
  /** Undefined where memory was not followed. */
  readonly counted: Counted | undefined;
}

export function tracePieces(
  { path, recorded, target, counted }: TracedRecording,
  format: TraceFormat,
  range: TraceRange,
): Result<Iterable<Uint8Array>> {
  if (!recorded.gil && !counted)
    return fail("not-found", {
      what: `GIL in ${path}`,
      advice: "This format shows the GIL and memory over time: record with `--collect lifecycle,gil`.",
    });
  const counters: readonly CounterPoint[] = counted ? counterPoints(counted, range) : [];
  const { pid, command, executable } = target;
  const trace = gilTrace({ recorded, target: { pid, command: command || executable }, counters }, range);
  return ok(writers[format](trace));
}
