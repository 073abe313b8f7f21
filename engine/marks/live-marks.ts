// A recorder and a change in; the marks of its recording changed while it goes on. Used by engine/session/recording.ts.
import { type Failure, failed, ok, type Result } from "../../shared/failures.ts";
import type { WishedMark } from "../../shared/marks.ts";
import type { Recorder } from "../recorder/recorder.ts";
import { Damage } from "../store/intact.ts";
import { readMarks } from "../store/stored-marks.ts";
import { changed, type MarkChange } from "./edit.ts";

/** The next batch is not far: a present that is, is that of another clock. */
const farMs = 10_000;

export function markLive(recorder: Recorder, change: MarkChange): Result<void> {
  let refused: Failure | undefined;
  const end = Math.round(recorder.state().seconds * 1000);
  const written = recorder.beside((writer) => {
    const marks = readMarks({ connection: writer.connection, damage: new Damage() });
    const after = changed(marks, change, { now: nowOf(recorder.origin, end), end });
    if (after.ok) writer.marks(after.value);
    else refused = after.failure;
  });
  return refused ? failed(refused) : written;
}

/** Batches are told by CLOCK_MONOTONIC, and so is this: https://man7.org/linux/man-pages/man2/clock_gettime.2.html */
function nowOf(origin: number | undefined, end: number): number {
  const now = origin === undefined ? 0 : (Number(process.hrtime.bigint()) - origin) / 1e6;
  return Math.round(now >= end && now <= end + farMs ? now : end);
}

/** Marks that were asked for before the recording began; each is set with the batch that comes to it. */
export class PlannedMarks {
  #left: readonly WishedMark[];

  constructor(wished: readonly WishedMark[]) {
    this.#left = wished.toSorted((a, b) => a.at - b.at);
  }

  /** `time`: CLOCK_MONOTONIC nanoseconds of a batch that is stored. */
  reach(recorder: Recorder, time: number): Result<void> {
    const reached = (time - (recorder.origin ?? time)) / 1e9;
    for (let next = this.#left[0]; next !== undefined && next.at <= reached; next = this.#left[0]) {
      this.#left = this.#left.slice(1);
      const marked = markLive(recorder, { kind: "set", ...next });
      if (!marked.ok) return marked;
    }
    return ok(undefined);
  }
}
