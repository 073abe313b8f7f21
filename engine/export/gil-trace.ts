// A recording and a time range in; the slices of each thread's track out, in the order of release. Next: chrome-trace.ts, perfetto-trace.ts.
import type { Frame } from "../../shared/documents.ts";
import { holdFlags, type RawHolds } from "../../shared/records.ts";
import { HolderLog } from "../analysis/holder-log.ts";
import { sampledHolds } from "../analysis/long-holds.ts";
import { openStates } from "../analysis/open-states.ts";
import type { Recorded } from "../analysis/recorded.ts";
import { visible } from "../report/words.ts";
import type { GilReader } from "../store/gil-reader.ts";
import type { CounterPoint, TraceRange } from "./counters.ts";

/** Nanoseconds from the recording's start; `thread` is a RawThread's id. */
export interface Slice {
  readonly kind: "hold" | "wait";
  readonly thread: number;
  readonly start: number;
  readonly end: number;
  /** Of a hold that was sampled: innermost first. */
  readonly frames: readonly Frame[];
  /** Of a wait: who held the GIL when it began, and a number of this pair. */
  readonly flow: { readonly id: number; readonly holder: number } | undefined;
}
export interface Track {
  readonly thread: number;
  readonly tid: number;
  /** An earlier thread had this id of the kernel. */
  readonly again: boolean;
  readonly name: string;
}
export interface GilTrace {
  readonly pid: number;
  readonly process: string;
  readonly tracks: readonly Track[];
  /** Of the process, in order; none where its memory was not followed. */
  readonly counters: readonly CounterPoint[];
  slices(): Iterable<Slice>;
}

const rememberedHolds = 1_000_000;
export const nameOf = ({ kind, frames: [first] }: Slice): string =>
  kind === "wait" ? "waits for GIL" : (first?.function ?? "holds GIL");

const shown = (frames: readonly Frame[]): readonly Frame[] =>
  frames.map(({ function: name, file, line }) => ({ function: visible(name), file: visible(file), line }));

export interface Traceable {
  readonly recorded: Recorded;
  readonly target: { readonly pid: number; readonly command: string };
  readonly counters: readonly CounterPoint[];
}

/** Without tracks where the GIL was not followed. */
export function gilTrace({ recorded, target, counters }: Traceable, range: TraceRange): GilTrace {
  const { gil } = recorded;
  return {
    pid: target.pid,
    process: visible(target.command),
    tracks: gil ? tracksOf(gil) : [],
    counters,
    slices: () => (gil ? slicesOf(recorded, gil, range) : []),
  };
}

function tracksOf(gil: GilReader): readonly Track[] {
  const seen = new Set<number>();
  const ids = new Set([...gil.totals().map(({ thread }) => thread), ...gil.threads.keys()]);
  for (const { thread } of gil.now?.gil.open ?? []) ids.add(thread);
  return [...ids]
    .sort((a, b) => a - b)
    .map((thread) => {
      const known = gil.threads.get(thread);
      const tid = known?.tid ?? 0;
      const again = seen.has(tid);
      seen.add(tid);
      return { thread, tid, again, name: visible(known?.name ?? known?.kernelName ?? `thread ${tid}`) };
    });
}

function* slicesOf(recorded: Recorded, gil: GilReader, { fromMs, toMs }: TraceRange): Generator<Slice> {
  const maker = new SliceMaker(sampledHolds(recorded, gil));
  const [from, to] = [fromMs * 1e6, toMs * 1e6];
  for (const holds of gil.holds(fromMs, toMs))
    for (let row = 0; row < holds.length; row++) {
      const released = holds.released[row] ?? 0;
      const request = released - (holds.held[row] ?? 0) - (holds.waited[row] ?? 0);
      if (released >= from && request <= to) yield* maker.ofHold(holds, row);
    }
  // Who holds first: the others wait for it.
  const open = openStates(recorded, gil).toSorted(
    (a, b) => Number(a.state === "waiting") - Number(b.state === "waiting"),
  );
  for (const { thread, state, sinceMs, forMs } of open)
    if (sinceMs <= toMs && sinceMs + forMs >= fromMs)
      yield maker.open(thread, state, Math.round(sinceMs * 1e6), Math.round((sinceMs + forMs) * 1e6));
}

class SliceMaker {
  readonly #sampled: ReadonlyMap<number, readonly Frame[]>;
  readonly #log = new HolderLog(rememberedHolds);
  /** Where each thread's last slice ends: two clocks' readings must not make slices overlap. */
  readonly #end = new Map<number, number>();
  #holding: { readonly thread: number; readonly since: number } | undefined;
  #flows = 0;

  constructor(sampled: ReadonlyMap<number, readonly Frame[]>) {
    this.#sampled = sampled;
  }

  *ofHold(holds: RawHolds, row: number): Generator<Slice> {
    const thread = holds.thread[row] ?? 0;
    const released = holds.released[row] ?? 0;
    const acquired = released - (holds.held[row] ?? 0);
    if (((holds.flags[row] ?? 0) & holdFlags.waited) !== 0)
      yield this.#slice("wait", thread, acquired - (holds.waited[row] ?? 0), acquired);
    yield this.#slice("hold", thread, acquired, released, this.#sampled.get(holds.index[row] ?? -1));
    this.#log.add(holds, row);
  }

  open(thread: number, state: "waiting" | "holding", since: number, until: number): Slice {
    if (state === "holding") this.#holding = { thread, since };
    return this.#slice(state === "holding" ? "hold" : "wait", thread, since, until);
  }

  #slice(kind: Slice["kind"], thread: number, start: number, end: number, frames: readonly Frame[] = []): Slice {
    const from = Math.max(start, this.#end.get(thread) ?? 0);
    const to = Math.max(end, from);
    this.#end.set(thread, to);
    return {
      kind,
      thread,
      start: from,
      end: to,
      frames: shown(frames),
      flow: kind === "wait" ? this.#flow(from) : undefined,
    };
  }

  #flow(at: number): Slice["flow"] {
    const open = this.#holding && this.#holding.since <= at ? this.#holding.thread : undefined;
    const holder = this.#log.at(at) ?? open;
    return holder === undefined ? undefined : { id: ++this.#flows, holder };
  }
}
