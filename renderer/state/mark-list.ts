// The marks of a recording, asked for again and again, and those that a change has answered with, in; one list of them out. Next: marks.ts.
import type { Mark } from "../../shared/marks.ts";
import type { Bridge } from "../bridge.ts";
import { type Answer, type Loadable, loading, next } from "../logic/loadable.ts";
import { createCell } from "./cell.ts";
import { createPoll, type Poll } from "./poll.ts";

export type Marks = readonly Mark[];

export interface MarkList extends Poll<Marks> {
  take(answer: Answer<Marks>): void;
}

export function createMarkList(bridge: Bridge, path: string): MarkList {
  const list = createCell<Loadable<Marks>>(loading);
  const poll = createPoll(bridge, "recording.marks", { path });
  const look = () => {
    const now = poll.get();
    if (now.kind === "ready") list.set({ kind: "ready", value: now.value.marks });
    else if (now.kind !== "loading") list.set(next(list.get(), { ok: false, problem: now.problem }));
  };
  return {
    get: list.get,
    pace: poll.pace,
    refresh: poll.refresh,
    subscribe(listener) {
      const stops = [list.subscribe(listener), poll.subscribe(look)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    take(answer) {
      if (answer.ok) list.set({ kind: "ready", value: answer.value });
      // What the poll has on its way may be from before.
      poll.refresh();
    },
  };
}
