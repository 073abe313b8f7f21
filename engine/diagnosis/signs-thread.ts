// The path of a recording in; what it shows out, found in a thread of its own: beats to the target go on meanwhile. Next: signs-worker.ts.
import { Worker } from "node:worker_threads";
import { fail, type Result } from "../../shared/failures.ts";
import type { Signs } from "./candidate.ts";

const longestMs = 120_000;

/** Never rejects. */
export function signsInThread(path: string, loaded?: readonly string[]): Promise<Result<Signs>> {
  const data = loaded === undefined ? { path } : { path, loaded };
  const worker = new Worker(new URL("./signs-worker.ts", import.meta.url), { workerData: data });
  return new Promise((resolve) => {
    const deadline = setTimeout(() => void worker.terminate(), longestMs);
    const settle = (answer: Result<Signs>) => {
      clearTimeout(deadline);
      resolve(answer);
    };
    worker.once("message", settle);
    worker.once("error", (error: Error) => settle(fail("bug", { what: `the analysis failed: ${error.message}` })));
    worker.once("exit", () => settle(fail("bug", { what: `the analysis took longer than ${longestMs / 1000} s` })));
  });
}
