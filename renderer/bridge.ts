// Calls of the contract in, their answers out. The only file that knows that a WebSocket lies between. Next: state/poll.ts.
import * as v from "valibot";
import { type RpcName, type RpcParams, type RpcResult, rpcContract, rpcResponse } from "../shared/rpc-contract.ts";
import type { Answer, Problem } from "./logic/loadable.ts";
import { isSignedIn, redeem, takeToken } from "./session.ts";
import { createCell, type Readable } from "./state/cell.ts";

/** locked: the engine is there, but this browser has not shown it a link. */
export type Link = "connecting" | "open" | "lost" | "locked";

export interface Bridge {
  call<N extends RpcName>(name: N, params: RpcParams<N>): Promise<Answer<RpcResult<N>>>;
  readonly link: Readable<Link>;
}

type Taker = (answer: Answer<unknown>) => void;

const retryMs = { first: 250, most: 4000, locked: 3000 } as const;
const lost: Problem = {
  code: "engine-lost",
  cause: "the engine does not answer",
  fix: "Look at the terminal where `refscope serve` runs; start it again if it ended.",
};

export function openBridge(): Bridge {
  const link = createCell<Link>("connecting");
  const waiting = new Map<number, Taker>();
  let socket: WebSocket | undefined;
  let asked = 0;
  let retryIn: number = retryMs.first;

  const dropAll = () => {
    for (const take of waiting.values()) take({ ok: false, problem: lost });
    waiting.clear();
  };
  const retry = (state: Link, afterMs: number) => {
    link.set(state);
    dropAll();
    setTimeout(connect, afterMs);
  };
  const retryLater = () => {
    retry("lost", retryIn);
    retryIn = Math.min(retryIn * 2, retryMs.most);
  };
  const connect = async () => {
    const signedIn = await isSignedIn();
    if (signedIn === "no") return retry("locked", retryMs.locked);
    if (signedIn === "unreachable") return retryLater();
    socket = new WebSocket(new URL("rpc", location.href.replace(/^http/, "ws").replace(/#.*/, "")));
    socket.onopen = () => {
      retryIn = retryMs.first;
      link.set("open");
    };
    socket.onmessage = (event) => takeAnswer(waiting, String(event.data));
    socket.onclose = retryLater;
  };
  const begin = async (token: string | undefined) => {
    if (token !== undefined) await redeem(token);
    await connect();
  };
  // A second link pasted into the same tab changes only the fragment: no page is loaded anew.
  addEventListener("hashchange", () => {
    const token = takeToken();
    if (token !== undefined) void redeem(token);
  });
  void begin(takeToken());

  return {
    link,
    async call(name, params) {
      if (socket?.readyState !== WebSocket.OPEN) return { ok: false, problem: lost };
      const id = ++asked;
      const answer = new Promise<Answer<unknown>>((take) => waiting.set(id, take));
      socket.send(JSON.stringify({ id, method: name, params }));
      return parseResult(name, await answer);
    },
  };
}

function takeAnswer(waiting: Map<number, Taker>, text: string): void {
  const response = v.parse(rpcResponse, JSON.parse(text));
  waiting.get(response.id)?.(
    response.ok ? { ok: true, value: response.result } : { ok: false, problem: response.error },
  );
  waiting.delete(response.id);
}

/** An engine of another version than this page is told as such, not drawn. */
function parseResult<N extends RpcName>(name: N, answer: Answer<unknown>): Answer<RpcResult<N>> {
  if (!answer.ok) return answer;
  const parsed = v.safeParse(rpcContract[name].result, answer.value);
  if (parsed.success) return { ok: true, value: parsed.output };
  const cause = `the answer to \`${name}\` is not understood: ${parsed.issues[0]?.message ?? ""}`;
  return { ok: false, problem: { code: "bug", cause, fix: "Reload this page; it may be older than the engine." } };
}
