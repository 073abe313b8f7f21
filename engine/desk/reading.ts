// Calls about one or two recordings that the engine may read itself in; who answers: large closed ones a thread, the others at once. Used by engine.ts.
import type { Result } from "../../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { answerAsked, isAsked } from "./asked.ts";
import { closedFile } from "./file-identity.ts";
import { OpenRecordings } from "./open-recordings.ts";
import { ReadingDesk } from "./reading-desk.ts";

/** Below this an answer takes less than it takes a thread to begin. */
const largeBytes = 16 * 2 ** 20;

export class Reading {
  readonly #open = new OpenRecordings();
  readonly #desk = new ReadingDesk();
  /** A comparison takes seconds: nobody who looks at one of the two should wait for it. */
  readonly #comparing = new ReadingDesk();

  /** `query` answers what no thread is asked. */
  async ask<N extends RpcName>(
    path: string,
    name: N,
    params: RpcParams<N>,
    query: (params: RpcParams<N>) => Promise<Result<RpcResult<N>>> | Result<RpcResult<N>>,
  ): Promise<Result<RpcResult<N>>> {
    if (!isAsked(name)) return await query(params);
    return isLarge(path) ? await this.#desk.ask(path, name, params) : answerAsked({ name, params }, this.#open.read);
  }

  /** As `ask`, about two. */
  async askOfTwo<N extends RpcName>(
    [a, b]: readonly [string, string],
    name: N,
    params: RpcParams<N>,
    query: (params: RpcParams<N>) => Result<RpcResult<N>>,
  ): Promise<Result<RpcResult<N>>> {
    if (!isAsked(name)) return query(params);
    return isLarge(a) || isLarge(b)
      ? await this.#comparing.ask(a, name, params)
      : answerAsked({ name, params }, this.#open.read);
  }

  async close(): Promise<void> {
    this.#open.close();
    await Promise.all([this.#desk.close(), this.#comparing.close()]);
  }
}

const isLarge = (path: string): boolean => (closedFile(path)?.bytes ?? 0) >= largeBytes;
