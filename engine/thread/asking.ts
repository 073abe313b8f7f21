// Questions in, their answers out, from a thread that keeps what it has opened: one question at a time, within a deadline. The thread is dropped when
// nobody has asked for a while. Used by desk/reading-desk.ts, analysis/heap/worker/heap-desk.ts.
import type { Worker } from "node:worker_threads";
import { fail, type Result } from "../../shared/failures.ts";
import { startThread } from "./start.ts";

export interface AskingLimits {
  readonly deadlineMs: number;
  readonly idleMs: number;
}
const usual: AskingLimits = { deadlineMs: 120_000, idleMs: 60_000 };

export class AskingThread {
  readonly #script: URL;
  /** What a failure says was stopped: "the analysis". */
  readonly #work: string;
  readonly #limits: AskingLimits;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Settles when the question before has been answered. */
  #before: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #closed = false;

  constructor(script: URL, work: string, limits: Partial<AskingLimits> = {}) {
    this.#script = script;
    this.#work = work;
    this.#limits = { ...usual, ...limits };
  }

  /** Never rejects: a thread that died is answered as a bug, and the next question gets a new one. `late`: the answer after the deadline. */
  ask<T>(question: unknown, late: (seconds: number) => Result<never>): Promise<Result<T>> {
    this.#waiting++;
    const answer = this.#before.then(() => this.#ask<T>(question, late));
    this.#before = answer;
    return answer;
  }

  /** What is being asked is answered as lost. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#drop();
  }

  #ask<T>(question: unknown, late: (seconds: number) => Result<never>): Promise<Result<T>> {
    this.#waiting--;
    if (this.#closed) return Promise.resolve(fail("engine-lost", { why: "it was closed" }));
    clearTimeout(this.#idle);
    this.#worker ??= startThread(this.#script);
    const worker = this.#worker;
    worker.ref();
    return new Promise((resolve) => {
      const settle = (answer: Result<T>) => {
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
        settle(fail("engine-lost", { why: `${this.#work} was stopped` }));
      };
      const deadline = setTimeout(() => {
        settle(late(Math.round(this.#limits.deadlineMs / 1000)));
        void this.#drop();
      }, this.#limits.deadlineMs);
      worker.on("message", settle).on("error", broken).on("exit", ended);
      worker.postMessage(question);
    });
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
