// The number of a hold and a time within it in, its row out: undefined where the recording has none, or no longer. Used by use-address.ts,
// views/gil/go-to.ts.
import type { GilHold } from "../../../shared/gil-views.ts";
import type { Bridge } from "../../bridge.ts";
import type { HoldRef } from "../../logic/gil-route.ts";

/** A time is told to the nanosecond. */
const tinyMs = 1e-6;
/** Those who wait meanwhile are among the rows, after it. */
const fewRows = 8;

export async function findHold(bridge: Bridge, path: string, { hold, atMs }: HoldRef): Promise<GilHold | undefined> {
  const answer = await bridge.call("gil.holds", { path, fromMs: atMs, toMs: atMs + tinyMs, limit: fewRows });
  return answer.ok ? answer.value?.rows.find((row) => row.hold === hold) : undefined;
}
