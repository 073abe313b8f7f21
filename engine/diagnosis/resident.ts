// The memory of a process as the kernel counts it, looked at now and then, in; a note where it grows and what was recorded does not, out. Used by run.ts.
import type { Note } from "../../shared/diagnosis-document.ts";
import { mannKendall } from "../analysis/mann-kendall.ts";
import { theilSen } from "../analysis/theil-sen.ts";
import { readStatus } from "../preflight/proc.ts";
import { byteSize } from "../report/words.ts";

const everySeconds = 0.5;
/** What our own coming takes is over by then. */
const settled = 2;
const fewest = 8;
const surely = 3.1;
const leastGrowth = 128 * 1024;
/** What grew in the recording explains it when it is this part of it. */
const explains = 0.3;

export class Resident {
  readonly #pid: number;
  readonly #times: number[] = [];
  readonly #sizes: number[] = [];

  constructor(pid: number) {
    this.#pid = pid;
  }

  look(seconds: number): void {
    if (seconds < settled || seconds < (this.#times.at(-1) ?? 0) + everySeconds) return;
    const bytes = readStatus(this.#pid)?.rssBytes;
    if (bytes === undefined) return;
    this.#times.push(seconds);
    this.#sizes.push(bytes);
  }

  /** `recorded`: bytes a second that stay, as the recording has them. */
  notes(recorded: number): readonly Note[] {
    const slope = theilSen(this.#times, this.#sizes) ?? 0;
    if (this.#times.length < fewest || slope < leastGrowth || mannKendall(this.#sizes) < surely) return [];
    if (recorded >= explains * slope) return [];
    const sentence = `The process takes ${byteSize(slope)} more memory a second, and only ${byteSize(recorded)} of that are blocks that stay: free memory in pieces that are not used again, or memory that it takes from the system itself.`;
    return [{ kind: "fragmentation", sentence }];
  }
}
