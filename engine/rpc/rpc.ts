// Text of a request in, text of its answer out; the contract table says what a call is. Next: the engine's façade does it.
import * as v from "valibot";
import { type Failure, failure, type Result } from "../../shared/failures.ts";
import {
  type RpcName,
  type RpcParams,
  type RpcResponse,
  type RpcResult,
  rpcContract,
  rpcRequest,
} from "../../shared/rpc-contract.ts";

/** What can be called: the engine, or whatever answers every row of the contract. */
export interface Callee {
  call<N extends RpcName>(name: N, params: RpcParams<N>): Promise<Result<RpcResult<N>>>;
}

/** A WebSocket or a MessagePort, as far as it matters here. */
export interface TextChannel {
  send(text: string): void;
  onMessage(listener: (text: string) => void): void;
}

/** Answers everything that comes over `channel`. Answers may overtake each other; the id tells which is which. */
export function serveRpc(callee: Callee, channel: TextChannel): void {
  channel.onMessage((text) => {
    void answer(callee, text).then((response) => channel.send(JSON.stringify(response)));
  });
}

/** Never rejects: what is not a call is answered as `usage`, a throw inside the engine as `bug`. */
export async function answer(callee: Callee, text: string): Promise<RpcResponse> {
  const request = v.safeParse(rpcRequest, parseJson(text));
  if (!request.success) return refusal(nobody, failure("usage", { what: "this is no request" }));
  const { id, method, params } = request.output;
  if (!isName(method)) return refusal(id, failure("usage", { what: `there is no call \`${method.slice(0, 64)}\`` }));
  const parsed = v.safeParse(rpcContract[method].params, params);
  if (!parsed.success) return refusal(id, failure("usage", { what: `\`${method}\`: ${problemOf(parsed.issues)}` }));
  try {
    const result = await callee.call(method, parsed.output);
    return result.ok ? { id, ok: true, result: result.value } : refusal(id, result.failure);
  } catch (error) {
    return refusal(id, failure("bug", { what: error instanceof Error ? error.message : String(error) }));
  }
}

/** The id of an answer to what had none; clients count from 1. */
const nobody = 0;

const isName = (method: string): method is RpcName => Object.hasOwn(rpcContract, method);

function refusal(id: number, { code, cause, fix, remedies }: Failure): RpcResponse {
  const error = { code, cause, fix, ...(remedies ? { remedies: [...remedies] } : {}) };
  return { id, ok: false, error };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [first] = issues;
  if (!first) return "bad parameters";
  const at = v.getDotPath(first);
  return at ? `${at}: ${first.message}` : first.message;
}
