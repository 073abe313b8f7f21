// A call of the contract in, its answer again and again out: at most four times a second and half of the time, only while somebody looks. Next: views.
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import type { Bridge } from "../bridge.ts";
import { type Loadable, loading, next } from "../logic/loadable.ts";
import { createCell, type Readable } from "./cell.ts";

export const fastestMs = 250;

/** Undefined: once, and again when the engine comes back. Held: what is known stays as it is, and what is not is asked for once. */
export type Pace = number | "held" | undefined;

export interface Poll<T> extends Readable<Loadable<T>> {
  /** Slowing down asks a last time, so that the end is seen. */
  pace(every: Pace): void;
  refresh(): void;
}

export function createPoll<N extends RpcName>(bridge: Bridge, name: N, params: RpcParams<N>): Poll<RpcResult<N>> {
  const cell = createCell<Loadable<RpcResult<N>>>(loading);
  let [watchers, asking, again] = [0, false, false];
  let every: Pace;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isOpen = () => watchers > 0 && (every !== "held" || cell.get().kind === "loading");
  const wanted = () => isOpen() && !document.hidden && bridge.link.get() === "open";
  const ask = async () => {
    clearTimeout(timer);
    again = asking;
    if (asking || !wanted()) return;
    asking = true;
    const begun = performance.now();
    const answer = await bridge.call(name, params);
    asking = false;
    if (isOpen()) cell.set(next(cell.get(), answer));
    if (again) void ask();
    else if (typeof every === "number") timer = setTimeout(ask, Math.max(every, fastestMs, performance.now() - begun));
  };
  const begin = () => {
    const stopLink = bridge.link.subscribe(ask);
    document.addEventListener("visibilitychange", ask);
    void ask();
    return () => {
      stopLink();
      document.removeEventListener("visibilitychange", ask);
      clearTimeout(timer);
    };
  };
  let end = () => {};
  return {
    get: cell.get,
    refresh: () => void ask(),
    pace(next) {
      if (next === every) return;
      every = next;
      if (watchers > 0) void ask();
    },
    subscribe(listener) {
      const stop = cell.subscribe(listener);
      if (watchers++ === 0) end = begin();
      return () => {
        stop();
        if (--watchers === 0) end();
      };
    },
  };
}
