// What somebody filled in to have a module audited or objects followed in, the request of it out; undefined while something is missing.
// Next: views/start.
import type { ProcessRow } from "../../shared/documents.ts";
import type { RecordingState, RecordRequest } from "../../shared/rpc-contract.ts";
import { isLive } from "./recording.ts";

export type What = Pick<RecordRequest, "audit" | "watch" | "sample">;

const address = /^0x[0-9a-f]{1,16}$/;

export function auditOf(module: string, guard: boolean): What | undefined {
  const name = module.trim();
  return name === "" ? undefined : { audit: { module: name, guard } };
}

/** Addresses, up to four; anything else is a site. */
export function watchOf(text: string, objects: number): What | undefined {
  const words = text.trim().split(/[\s,]+/);
  const [first = ""] = words;
  if (first === "") return undefined;
  const given = words.map((word) => word.toLowerCase());
  if (given.every((word) => address.test(word))) return { watch: [...new Set(given)] };
  return { sample: { site: text.trim(), objects } };
}

export const isSite = (text: string): boolean => watchOf(text, 1)?.sample !== undefined;

/** 0: until it is stopped. */
export const lasting = (seconds: number): Pick<RecordRequest, "forSeconds"> =>
  seconds === 0 ? {} : { forSeconds: seconds };

/** The one that was chosen, else that of the last recording, else the first that can be attached to. */
export function chosenProcess(
  rows: readonly ProcessRow[],
  chosen: number | undefined,
  states: readonly RecordingState[],
): ProcessRow | undefined {
  const ready = rows.filter(({ attachable }) => attachable);
  const last = states.findLast((state) => !isLive(state))?.target?.pid;
  const byPid = (pid: number | undefined) => ready.find((row) => row.pid === pid);
  return byPid(chosen) ?? byPid(states.findLast(isLive)?.target?.pid) ?? byPid(last) ?? ready[0];
}
