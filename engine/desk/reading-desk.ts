// Questions about large closed recordings of ours in, their answers out, from a thread that keeps the recordings open: the engine goes on meanwhile.
// Next: worker.ts.
import { fail, type Result } from "../../shared/failures.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { AskingThread } from "../thread/asking.ts";
import type { Asked, AskedName } from "./asked.ts";

export class ReadingDesk {
  readonly #thread = new AskingThread(new URL("./worker.ts", import.meta.url), "the reading");

  ask<N extends AskedName>(path: string, name: N, params: RpcParams<N>): Promise<Result<RpcResult<N>>> {
    const asked: Asked<N> = { name, params };
    return this.#thread.ask(asked, (seconds) =>
      fail("recording-stalls", { path, why: `it takes longer than ${seconds} s` }),
    );
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
