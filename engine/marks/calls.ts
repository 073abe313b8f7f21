// Calls of the contract that set and take marks in; the marks there are then, out. A recording that goes on is marked by its recorder, a closed one in
// its file. Used by engine.ts.
import { failed, type Result } from "../../shared/failures.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { queryMarks } from "../queries-marks.ts";
import { cannotMark, type MarkChange } from "./edit.ts";
import type { MarksThread } from "./marks-thread.ts";

export interface MarkMeans {
  /** One for all doors. */
  readonly thread: MarksThread;
  /** The path, when the door may name it. */
  mayRead(path: string): Result<string>;
  /** A stranger may have made it. */
  foreign(path: string): boolean;
  /** Undefined when it does not go on here. */
  live(path: string, change: MarkChange): Promise<Result<void> | undefined>;
}
type Calls = "recording.mark" | "recording.move-mark" | "recording.unmark";
type MarkHandlers = { readonly [N in Calls]: (params: RpcParams<N>) => Promise<Result<RpcResult<N>>> };

export function markCalls(means: MarkMeans): MarkHandlers {
  const act = async (given: string, change: MarkChange) => {
    const path = means.mayRead(given);
    if (!path.ok) return path;
    const done = (await means.live(path.value, change)) ?? (await markFile(path.value, change, means));
    return done.ok ? queryMarks({ path: path.value }) : failed(done.failure);
  };
  return {
    "recording.mark": ({ path, ...mark }) => act(path, { kind: "set", ...mark }),
    "recording.move-mark": ({ path, at, to }) => act(path, { kind: "move", at, to }),
    "recording.unmark": ({ path, at }) => act(path, { kind: "remove", at }),
  };
}

async function markFile(path: string, change: MarkChange, { foreign, thread }: MarkMeans): Promise<Result<void>> {
  const why = "it is not in the folder of your recordings, so that somebody else may have made it";
  return foreign(path) ? cannotMark(path, why) : await thread.change(path, change);
}
