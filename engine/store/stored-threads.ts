// A file for reading in; the threads of a recording, their totals and whom they waited for, out. Used by stored-gil.ts.
import type { RawThread } from "../../shared/records.ts";
import type { BlameTotals, ThreadTotals } from "./gil-reader.ts";
import { readHistogram } from "./histogram.ts";
import { numbersOf } from "./numbers.ts";
import {
  boundedBlob,
  boundedText,
  bytesAt,
  mostRows,
  numberAt,
  type Row,
  readableRows,
  type Source,
  textAt,
} from "./rows.ts";
import { otherThreads } from "./schema-gil.ts";

/** With the one that stands for all threads that are not told apart, where there are such. */
export function readThreads(source: Source): ReadonlyMap<number, RawThread> {
  const query = `SELECT thread.id, tid, name, kernel_name, ${boundedText("n.text")}, ${boundedText("k.text")} FROM thread
    LEFT JOIN name n ON n.id = name LEFT JOIN name k ON k.id = kernel_name ORDER BY thread.id LIMIT ${mostRows}`;
  const textOrNone = (row: Row, id: number, text: number) => (row[id] === null ? undefined : textAt(row, text));
  const threads = new Map<number, RawThread>();
  for (const row of readableRows(source, query)) {
    const id = numberAt(row, 0);
    threads.set(id, { id, tid: numberAt(row, 1), name: textOrNone(row, 2, 4), kernelName: textOrNone(row, 3, 5) });
  }
  const others = readableRows(source, `SELECT thread FROM gil_total WHERE thread = ${otherThreads}`);
  for (const _ of others)
    threads.set(otherThreads, { id: otherThreads, tid: 0, name: "other threads", kernelName: undefined });
  return threads;
}

export function readThreadTotals(source: Source): readonly ThreadTotals[] {
  const query = `SELECT gil_total.thread, gil_total.holds, held, gil_total.waits, waited, forced, hold_max, wait_max,
    ${boundedBlob("s.holds")}, ${boundedBlob("s.waits")} FROM gil_total LEFT JOIN gil_spread s USING (thread)
    ORDER BY gil_total.thread LIMIT ${mostRows}`;
  return Array.from(readableRows(source, query), (row) => {
    const at = (column: number) => numberAt(row, column);
    return {
      thread: at(0),
      holds: at(1),
      heldNs: at(2),
      waits: at(3),
      waitedNs: at(4),
      forced: at(5),
      holdMaxNs: at(6),
      waitMaxNs: at(7),
      holdHistogram: readHistogram(bytesAt(row, 8), at(6)),
      waitHistogram: readHistogram(bytesAt(row, 9), at(7)),
    };
  });
}

/** `open`: what is to be added for waits that have not ended. */
export function readThreadBlame(source: Source, open: readonly BlameTotals[]): readonly BlameTotals[] {
  const pairs = new Map<string, BlameTotals>();
  const add = (row: BlameTotals) => {
    const name = `${row.waiter} ${row.holder}`;
    const there = pairs.get(name);
    pairs.set(name, there ? { ...there, ns: there.ns + row.ns } : row);
  };
  const query = `SELECT thread, ${boundedBlob("blame")} FROM gil_spread ORDER BY thread LIMIT ${mostRows}`;
  for (const row of readableRows(source, query)) {
    const numbers = numbersOf(bytesAt(row, 1));
    for (let at = 0; at + 3 < numbers.length; at += 4) {
      const [holder = 0, ns = 0, convoyWaits = 0, convoyNs = 0] = numbers.slice(at, at + 4);
      add({ waiter: numberAt(row, 0), holder, ns, convoyWaits, convoyNs });
    }
  }
  for (const row of open) add(row);
  return [...pairs.values()];
}
