// Changes of the marks of closed recordings in; done one after the other, those of large files in a thread of its own, since beats to targets go on
// meanwhile. Next: closed-marks.ts, marks-worker.ts.
import { statSync } from "node:fs";
import type { Result } from "../../shared/failures.ts";
import { onceInThread } from "../thread/once.ts";
import { markClosed } from "./closed-marks.ts";
import type { MarkChange } from "./edit.ts";

/** A file of 4 GiB, the largest that is sealed by its bytes, is read three times. */
const longestMs = 300_000;
/** Of so many bytes the hash takes less than a thread takes to start. */
const smallBytes = 16 * 2 ** 20;

export class MarksThread {
  readonly #smallBytes: number;
  #before: Promise<unknown> = Promise.resolve();

  constructor(small: number = smallBytes) {
    this.#smallBytes = small;
  }

  /** Never rejects. */
  change(path: string, change: MarkChange): Promise<Result<void>> {
    // Two at once on one file would seal it with the bytes of half a change.
    const done = this.#before.then(() => {
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      return size < this.#smallBytes ? markClosed(path, change) : inThread(path, change);
    });
    this.#before = done;
    return done;
  }
}

const inThread = (path: string, change: MarkChange): Promise<Result<void>> =>
  onceInThread(new URL("./marks-worker.ts", import.meta.url), { path, change }, "setting a mark", longestMs);
