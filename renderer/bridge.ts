// Calls of the contract in, their answers out; what lies between is a transport's business. Next: state/poll.ts.
import * as v from "valibot";
import { type RpcName, type RpcParams, type RpcResult, rpcContract, rpcResponse } from "../shared/rpc-contract.ts";
import { desktop, desktopTransport } from "./bridge/desktop.ts";
import { socketTransport } from "./bridge/socket.ts";
import type { Connection, Transport } from "./bridge/transport.ts";
import type { Answer, Problem } from "./logic/loadable.ts";
import { createCell, type Readable } from "./state/cell.ts";

/** locked: the engine is there, but this browser has not shown it a link. */
export type Link = "connecting" | "open" | "lost" | "locked";

export interface Bridge {
  call<N extends RpcName>(name: N, params: RpcParams<N>): Promise<Answer<RpcResult<N>>>;
  readonly link: Readable<Link>;
  /** Why there is no connection, while there is none. */
  readonly trouble: Readable<Problem>;
}

type Taker = (answer: Answer<unknown>) => void;

const retryMs = { first: 250, most: 4000, locked: 3000 } as const;

export function openBridge(transport: Transport = ownTransport()): Bridge {
  const link = createCell<Link>("connecting");
  const trouble = createCell<Problem>(transport.lost);
  const waiting = new Map<number, Taker>();
  let connection: Connection | undefined;
  let asked = 0;
  let retryIn: number = retryMs.first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lost = (): Answer<never> => ({ ok: false, problem: trouble.get() });

  const retry = (state: Link, afterMs: number, why: Problem = transport.lost) => {
    connection = undefined;
    trouble.set(why);
    link.set(state);
    for (const take of waiting.values()) take(lost());
    waiting.clear();
    timer = setTimeout(connect, afterMs);
  };
  const retryLater = (why?: Problem) => {
    retry("lost", retryIn, why);
    retryIn = Math.min(retryIn * 2, retryMs.most);
  };
  /** An engine that answers is one; that it could be called says nothing yet. */
  const takeText = (text: string) => {
    retryIn = retryMs.first;
    takeAnswer(waiting, text);
  };
  const connect = async () => {
    timer = undefined;
    const made = await transport.connect({ text: takeText, closed: () => retryLater() });
    if (made === "locked") return retry("locked", retryMs.locked);
    if (made === "unreachable") return retryLater();
    if ("problem" in made) return retryLater(made.problem);
    connection = made;
    link.set("open");
  };
  const connectNow = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    retryIn = retryMs.first;
    void connect();
  };
  void transport.begin(connectNow).then(connect);

  return {
    link,
    trouble,
    async call(name, params) {
      if (!connection) return lost();
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
