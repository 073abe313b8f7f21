// Calls about one or two recordings that the engine may read itself in; who answers: large closed ones a thread, the others at once. Used by engine.ts.
import type { Result } from "../../shared/failures.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { type AskedName, answerAsked } from "./asked.ts";
import { closedFile } from "./file-identity.ts";
import { OpenRecordings } from "./open-recordings.ts";
import { ReadingDesk } from "./reading-desk.ts";

/** Below this an answer takes less than it takes a thread to begin. */
const largeBytes = 16 * 2 ** 20;

export class Reading {
  readonly #open = new OpenRecordings();
  readonly #desk = new ReadingDesk();
  /** For what takes seconds: nobody who looks at a recording should wait for it. */
  readonly #aside = new ReadingDesk();

  async ask<N extends AskedName>(path: string, name: N, params: RpcParams<N>): Promise<Result<RpcResult<N>>> {
    return isLarge(path) ? await this.#desk.ask(path, name, params) : this.#answer(name, params);
  }

  /** As `ask`, what nobody waits for before the rest. */
  async askAside<N extends AskedName>(path: string, name: N, params: RpcParams<N>): Promise<Result<RpcResult<N>>> {
    return isLarge(path) ? await this.#aside.ask(path, name, params) : this.#answer(name, params);
  }

  /** As `askAside`, about two. */
  async askOfTwo<N extends AskedName>(
    [a, b]: readonly [string, string],
    name: N,
    params: RpcParams<N>,
  ): Promise<Result<RpcResult<N>>> {
    return isLarge(a) || isLarge(b) ? await this.#aside.ask(a, name, params) : this.#answer(name, params);
  }

  #answer<N extends AskedName>(name: N, params: RpcParams<N>): Result<RpcResult<N>> {
    return answerAsked({ name, params }, this.#open.read);
  }

  async close(): Promise<void> {
    this.#open.close();
    await Promise.all([this.#desk.close(), this.#aside.close()]);
  }
}

const isLarge = (path: string): boolean => (closedFile(path)?.bytes ?? 0) >= largeBytes;
