// A reader in; holds of at least the threshold with what their holders ran and who waited, the worst first, out. Next: gil.ts.
import type { LongHold } from "../../shared/gil-document.ts";
import type { RawSample } from "../../shared/records.ts";
import type { GilReader, LongHoldRow } from "../store/gil-reader.ts";
import { nativeFrame, pythonResolver } from "./frames.ts";
import { tidOf } from "./gil-threads.ts";
import { minorOf } from "./lines.ts";
import type { OpenState } from "./open-states.ts";
import type { Recorded } from "./recorded.ts";

/** An open hold whose times come from two clocks' readings is the same as a stored one this near. */
const sameMs = 0.01;

export function longHolds(reader: Recorded, gil: GilReader, open: readonly OpenState[]): LongHold[] {
  const resolve = pythonResolver(reader.names, minorOf(reader.facts.target.python));
  const samples = samplesByHold(gil);
  const { originNs } = gil.facts;
  const stored = gil.longHolds();
  const rows = [...stored, ...openHolds(gil, open, stored, samples)].sort(byHarm);
  return rows.map((row) => {
    const seen = samples.get(row.index) ?? [];
    const stack = mainStack(seen, startNs(originNs, row.acquiredMs, seen));
    const native = seen.find((sample) => sample.native.length > 0)?.native ?? [];
    return {
      hold: row.index,
      threadId: tidOf(gil, row.thread),
      startMs: row.acquiredMs,
      ms: row.heldMs,
      unfinished: row.unfinished,
      frames: stack ? [...resolve(stack.frames)] : [],
      native: native.map((address) => nativeFrame(reader.names, address)),
      waiters: row.waiters.map((waiter) => tidOf(gil, waiter)),
    };
  });
}

/** Name of each sampled hold, by its number: what the holder ran for most of the time. */
export function sampledHolds(reader: Recorded, gil: GilReader): ReadonlyMap<number, LongHold["frames"]> {
  const resolve = pythonResolver(reader.names, minorOf(reader.facts.target.python));
  const { originNs } = gil.facts;
  const starts = new Map(gil.longHolds().map(({ index, acquiredMs }) => [index, acquiredMs]));
  const named = [...samplesByHold(gil)].map(([hold, samples]) => {
    const stack = mainStack(samples, startNs(originNs, starts.get(hold), samples));
    return [hold, stack ? [...resolve(stack.frames)] : []] as const;
  });
  return new Map(named);
}

function samplesByHold(gil: GilReader): ReadonlyMap<number, readonly RawSample[]> {
  const byHold = new Map<number, RawSample[]>();
  for (const sample of gil.samples()) {
    const samples = byHold.get(sample.hold);
    if (samples) samples.push(sample);
    else byHold.set(sample.hold, [sample]);
  }
  return byHold;
}

/** The hold that goes on is not stored yet; its number is known when it was looked at. */
function openHolds(
  gil: GilReader,
  open: readonly OpenState[],
  known: readonly LongHoldRow[],
  samples: ReadonlyMap<number, readonly RawSample[]>,
): readonly LongHoldRow[] {
  const waiting = open.filter(({ state }) => state === "waiting");
  const { originNs, thresholdMs } = gil.facts;
  return open
    .filter(({ state, forMs }) => state === "holding" && forMs >= thresholdMs)
    .filter(({ thread, sinceMs }) => !known.some((row) => row.thread === thread && near(row.acquiredMs, sinceMs)))
    .map(({ thread, sinceMs, forMs }) => {
      const since = originNs + sinceMs * 1e6;
      const looked = [...samples].find(([, [first]]) => first && first.thread === thread && first.at >= since);
      return {
        index: looked?.[0] ?? -1,
        thread,
        acquiredMs: sinceMs,
        heldMs: forMs,
        unfinished: true,
        waiters: waiting.map((row) => row.thread),
        waitedMs: waiting.reduce((sum, row) => sum + Math.min(forMs, row.forMs), 0),
      };
    });
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < sameMs;

/** What made others wait stands first. */
const byHarm = (a: LongHoldRow, b: LongHoldRow): number => b.waitedMs - a.waitedMs || b.heldMs - a.heldMs;

const startNs = (originNs: number, acquiredMs: number | undefined, [first]: readonly RawSample[]): number =>
  acquiredMs === undefined ? (first?.at ?? 0) : originNs + acquiredMs * 1e6;

/** The functions that stood there for most of the time, with the lines they stood at for most of that. A sample stands for the
 * time since the one before; one that could not be read says nothing against the others. */
function mainStack(samples: readonly RawSample[], acquired: number): RawSample | undefined {
  let before = acquired;
  const weighed = samples
    .toSorted((a, b) => a.at - b.at)
    .map((sample) => {
      const weight = Math.max(0, sample.at - before);
      before = sample.at;
      return { sample, weight };
    })
    .filter(({ sample }) => sample.frames.length > 0);
  const functions = heaviest(weighed, ({ frames }) => frames.map(({ code }) => code).join());
  return heaviest(functions, ({ frames }) => JSON.stringify(frames))[0]?.sample;
}

interface Weighed {
  readonly sample: RawSample;
  readonly weight: number;
}

function heaviest(weighed: readonly Weighed[], nameOf: (sample: RawSample) => string): readonly Weighed[] {
  const groups = Map.groupBy(weighed, ({ sample }) => nameOf(sample));
  const sum = (group: readonly Weighed[]) => group.reduce((total, { weight }) => total + weight, 0);
  return [...groups.values()].toSorted((a, b) => sum(b) - sum(a))[0] ?? [];
}
