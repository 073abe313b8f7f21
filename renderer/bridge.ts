// Calls of the contract in, their answers out; what lies between is a transport's business. Next: state/poll.ts.
import * as v from "valibot";
import { type RpcName, type RpcParams, type RpcResult, rpcContract, rpcResponse } from "../shared/rpc-contract.ts";
import { desktop, desktopTransport } from "./bridge/desktop.ts";
import { socketTransport } from "./bridge/socket.ts";
import type { Connection, Transport } from "./bridge/transport.ts";
import type { Answer } from "./logic/loadable.ts";
import { createCell, type Readable } from "./state/cell.ts";

/** locked: the engine is there, but this browser has not shown it a link. */
export type Link = "connecting" | "open" | "lost" | "locked";

export interface Bridge {
  call<N extends RpcName>(name: N, params: RpcParams<N>): Promise<Answer<RpcResult<N>>>;
  readonly link: Readable<Link>;
}

type Taker = (answer: Answer<unknown>) => void;

const retryMs = { first: 250, most: 4000, locked: 3000 } as const;

export function openBridge(transport: Transport = ownTransport()): Bridge {
  const link = createCell<Link>("connecting");
  const waiting = new Map<number, Taker>();
  let connection: Connection | undefined;
  let asked = 0;
  let retryIn: number = retryMs.first;
  const lost: Answer<never> = { ok: false, problem: transport.lost };

  const retry = (state: Link, afterMs: number) => {
    connection = undefined;
    link.set(state);
    for (const take of waiting.values()) take(lost);
    waiting.clear();
    setTimeout(connect, afterMs);
  };
  const retryLater = () => {
    retry("lost", retryIn);
    retryIn = Math.min(retryIn * 2, retryMs.most);
  };
  const connect = async () => {
    const made = await transport.connect({ text: (text) => takeAnswer(waiting, text), closed: retryLater });
    if (made === "locked") return retry("locked", retryMs.locked);
    if (made === "unreachable") return retryLater();
    connection = made;
    retryIn = retryMs.first;
    link.set("open");
  };
  void transport.begin().then(connect);

  return {
    link,
    async call(name, params) {
      if (!connection) return lost;
      const id = ++asked;
      const answer = new Promise<Answer<unknown>>((take) => waiting.set(id, take));
      connection.send(JSON.stringify({ id, method: name, params }));
      return parseResult(name, await answer);
    },
  };
}

function ownTransport(): Transport {
  const shell = desktop();
  return shell ? desktopTransport(shell) : socketTransport;
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
