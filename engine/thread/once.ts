// A script with what it is given in; the one message that it sends out. Used by store/seal-thread.ts, marks/, diagnosis/.
import { fail, type Result } from "../../shared/failures.ts";
import { startThread } from "./start.ts";

/** Never rejects. `doing` is what a failure calls it: "setting a mark". */
export function onceInThread<T>(script: URL, data: unknown, doing: string, longestMs: number): Promise<Result<T>> {
  const worker = startThread(script, data);
  return new Promise((resolve) => {
    const deadline = setTimeout(() => void worker.terminate(), longestMs);
    const settle = (answer: Result<T>) => {
      clearTimeout(deadline);
      resolve(answer);
    };
    worker.once("message", settle);
    worker.once("error", (error: Error) => settle(fail("bug", { what: `${doing} failed: ${error.message}` })));
    worker.once("exit", () => settle(fail("bug", { what: `${doing} took longer than ${longestMs / 1000} s` })));
  });
}
