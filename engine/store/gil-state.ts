// A connection for reading in; the GIL as the newest batch found it out, and who the waits that are still open are blamed on. Used by stored-gil.ts.
import type { RawGil } from "../../shared/records.ts";
import { count, nanoseconds } from "../../shared/units.ts";
import type { BlameTotals } from "./gil-reader.ts";
import { numbersOf } from "./numbers.ts";
import { boundedBlob, bytesAt, numberAt, oneRow } from "./rows.ts";
import type { Connection } from "./sqlite.ts";

export interface GilState {
  /** CLOCK_MONOTONIC of the recording's start. */
  readonly originNs: number;
  readonly now: { readonly atMs: number; readonly gil: RawGil } | undefined;
  readonly openBlame: readonly BlameTotals[];
}

export function readGilState(connection: Connection): GilState {
  const query = `SELECT t, origin, switches, interval, ${boundedBlob("open")}, ${boundedBlob("blame")} FROM gil_state WHERE id = 1`;
  const row = oneRow(connection.prepare(query));
  if (!row) return { originNs: 0, now: undefined, openBlame: [] };
  const gil = {
    switches: count(numberAt(row, 2)),
    intervalMicroseconds: numberAt(row, 3),
    open: triples(bytesAt(row, 4)).map(([thread, state, since]) => ({
      thread,
      state: state === 1 ? ("waiting" as const) : ("holding" as const),
      since: nanoseconds(since),
    })),
  };
  const openBlame = triples(bytesAt(row, 5)).map(([waiter, holder, ns]) => ({
    waiter,
    holder,
    ns,
    convoyWaits: 0,
    convoyNs: 0,
  }));
  const now = row[2] === null ? undefined : { atMs: numberAt(row, 0), gil };
  return { originNs: numberAt(row, 1), now, openBlame };
}

function triples(bytes: Uint8Array): readonly (readonly [number, number, number])[] {
  const numbers = numbersOf(bytes);
  return Array.from({ length: Math.floor(numbers.length / 3) }, (_, at) => [
    numbers[3 * at] ?? 0,
    numbers[3 * at + 1] ?? 0,
    numbers[3 * at + 2] ?? 0,
  ]);
}
