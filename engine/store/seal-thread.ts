// The path of a recording whose last rows are in the file in; it is closed and sealed in a thread of its own, so that the engine goes on: a gigabyte
// takes seconds. Used by engine/recorder.
import { Worker } from "node:worker_threads";
import { fail, type Result } from "../../shared/failures.ts";

export function sealInThread(path: string): Promise<Result<void>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./seal-worker.ts", import.meta.url), { workerData: path });
    worker.once("message", resolve);
    worker.once("error", (error) => resolve(fail("bug", { what: error.message })));
    worker.once("exit", () => resolve(fail("cannot-write", { path, why: "it was not sealed" })));
  });
}
