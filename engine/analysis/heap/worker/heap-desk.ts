// Questions about snapshots in, their answers out, from a worker thread that keeps its graphs. Next: worker.ts.
import { fail, type Result } from "../../../../shared/failures.ts";
import type { HeapCallName, HeapCallParams, HeapCallResult } from "../../../../shared/heap-views.ts";
import { type AskingLimits, AskingThread } from "../../../thread/asking.ts";

export interface DeskOptions extends Partial<AskingLimits> {
  readonly script?: URL;
}

export class HeapDesk {
  readonly #thread: AskingThread;

  constructor({ script = new URL("./worker.ts", import.meta.url), ...limits }: DeskOptions = {}) {
    this.#thread = new AskingThread(script, "the analysis", limits);
  }

  ask<N extends HeapCallName>(name: N, params: HeapCallParams<N>): Promise<Result<HeapCallResult<N>>> {
    return this.#thread.ask({ name, params }, (seconds) => fail("heap-deadline", { seconds }));
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
