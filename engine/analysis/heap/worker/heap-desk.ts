// Questions about snapshots in, their answers out, from a worker thread: one question at a time, within a deadline. The thread and its graphs are dropped
// when nobody has asked for a while. Next: worker.ts.
import { Worker } from "node:worker_threads";
import { fail, type Result } from "../../../../shared/failures.ts";
import type { HeapCallName, HeapCallParams, HeapCallResult } from "../../../../shared/heap-views.ts";

export interface DeskOptions {
  readonly script?: URL;
  readonly deadlineMs?: number;
  readonly idleMs?: number;
}

export class HeapDesk {
  readonly #script: URL;
  readonly #deadlineMs: number;
  readonly #idleMs: number;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Settles when the question before has been answered. */
  #before: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor({ script, deadlineMs = 120_000, idleMs = 60_000 }: DeskOptions = {}) {
    this.#script = script ?? new URL("./worker.ts", import.meta.url);
    this.#deadlineMs = deadlineMs;
    this.#idleMs = idleMs;
  }

  /** Never rejects: a thread that died is answered as a bug, and the next question gets a new one. */
  ask<N extends HeapCallName>(name: N, params: HeapCallParams<N>): Promise<Result<HeapCallResult<N>>> {
    const answer = this.#before.then(() => this.#ask(name, params));
    this.#before = answer;
    return answer;
  }

  /** What is being asked is answered as lost. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#drop();
  }

  #ask<N extends HeapCallName>(name: N, params: HeapCallParams<N>): Promise<Result<HeapCallResult<N>>> {
    if (this.#closed) return Promise.resolve(fail("engine-lost", { why: "it was closed" }));
    clearTimeout(this.#idle);
    const worker = this.#running();
    worker.ref();
    return new Promise((resolve) => {
      const settle = (answer: Result<HeapCallResult<N>>) => {
        clearTimeout(deadline);
        worker.off("message", settle).off("error", broken).off("exit", ended);
        this.#rest();
        resolve(answer);
      };
      const broken = (error: Error) => {
        this.#worker = undefined;
        settle(fail("bug", { what: error.message }));
      };
      const ended = () => {
        this.#worker = undefined;
        settle(fail("engine-lost", { why: "the analysis was stopped" }));
      };
      const deadline = setTimeout(() => {
        settle(fail("heap-deadline", { seconds: this.#deadlineMs / 1000 }));
        void this.#drop();
      }, this.#deadlineMs);
      worker.on("message", settle).on("error", broken).on("exit", ended);
      worker.postMessage({ name, params });
    });
  }

  #running(): Worker {
    this.#worker ??= new Worker(this.#script);
    return this.#worker;
  }

  /** A thread that waits keeps no program from ending. */
  #rest(): void {
    this.#worker?.unref();
    this.#idle = setTimeout(() => void this.#drop(), this.#idleMs);
    this.#idle.unref();
  }

  async #drop(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
