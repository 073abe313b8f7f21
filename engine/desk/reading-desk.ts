// Questions about large closed recordings of ours in, their answers out, from a thread that keeps the recordings open: the engine goes on meanwhile. One
// question at a time, within a deadline; the thread is dropped when nobody has asked for a while. Next: worker.ts.
import { Worker } from "node:worker_threads";
import { fail, type Result } from "../../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import type { Asked } from "./asked.ts";

export interface DeskLimits {
  readonly deadlineMs: number;
  readonly idleMs: number;
}
const usual: DeskLimits = { deadlineMs: 120_000, idleMs: 60_000 };

export class ReadingDesk {
  readonly #limits: DeskLimits;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Settles when the question before has been answered. */
  #before: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #closed = false;

  constructor(limits: Partial<DeskLimits> = {}) {
    this.#limits = { ...usual, ...limits };
  }

  /** Never rejects: a thread that died is answered as a bug, and the next question gets a new one. */
  ask<N extends RpcName>(path: string, name: N, params: RpcParams<N>): Promise<Result<RpcResult<N>>> {
    this.#waiting++;
    const answer = this.#before.then(() => this.#ask(path, { name, params }));
    this.#before = answer;
    return answer;
  }

  /** What is being asked is answered as lost. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#drop();
  }

  #ask<N extends RpcName>(path: string, asked: Asked<N>): Promise<Result<RpcResult<N>>> {
    this.#waiting--;
    if (this.#closed) return Promise.resolve(fail("engine-lost", { why: "it was closed" }));
    clearTimeout(this.#idle);
    this.#worker ??= new Worker(new URL("./worker.ts", import.meta.url));
    const worker = this.#worker;
    worker.ref();
    return new Promise((resolve) => {
      const settle = (answer: Result<RpcResult<N>>) => {
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
        settle(fail("engine-lost", { why: "the reading was stopped" }));
      };
      const deadline = setTimeout(() => {
        settle(fail("recording-stalls", { path, why: `it takes longer than ${this.#seconds} s` }));
        void this.#drop();
      }, this.#limits.deadlineMs);
      worker.on("message", settle).on("error", broken).on("exit", ended);
      worker.postMessage(asked);
    });
  }

  get #seconds(): string {
    return (this.#limits.deadlineMs / 1000).toFixed(0);
  }

  /** A thread that waits keeps no program from ending. */
  #rest(): void {
    if (this.#waiting > 0) return;
    this.#worker?.unref();
    this.#idle = setTimeout(() => void this.#drop(), this.#limits.idleMs);
    this.#idle.unref();
  }

  async #drop(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
