// The path of a recording in; what it shows out, found in a thread of its own: beats to the target go on meanwhile. Next: signs-worker.ts.
import type { Result } from "../../shared/failures.ts";
import { onceInThread } from "../thread/once.ts";
import type { Signs } from "./candidate.ts";

const longestMs = 120_000;

/** Never rejects. */
export const signsInThread = (path: string, loaded?: readonly string[]): Promise<Result<Signs>> =>
  onceInThread(
    new URL("./signs-worker.ts", import.meta.url),
    loaded === undefined ? { path } : { path, loaded },
    "the analysis",
    longestMs,
  );
