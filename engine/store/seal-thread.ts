// The path of a recording whose last rows are in the file in; it is closed and sealed in a thread of its own, so that the engine goes on: a gigabyte
// takes seconds. Next: seal-worker.ts. Used by engine/recorder.
import type { Result } from "../../shared/failures.ts";
import { onceInThread } from "../thread/once.ts";

/** A disk that is busy with others takes its time; a recording that is not sealed is recovered when it is next opened. */
const longestMs = 600_000;

export const sealInThread = (path: string): Promise<Result<void>> =>
  onceInThread(new URL("./seal-worker.ts", import.meta.url), path, "sealing", longestMs);
