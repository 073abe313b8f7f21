// A pattern of holds in, answers to every call about the GIL out, in the shape the engine gives them. Next: scene.ts.
import type { GilReport } from "../../shared/gil-document.ts";
import type {
  GilChain,
  GilDistribution,
  GilHolds,
  GilLane,
  GilLanes,
  GilNow,
  HistogramBar,
} from "../../shared/gil-views.ts";
import { type Beat, firstAfter, holdAt, holdCount, type Pattern, visit } from "./gil-holds.ts";
import { hostile } from "./hostile-answers.ts";

export interface Named {
  readonly name: string | null;
  readonly kernelName: string;
}

const usualNames: readonly Named[] = [
  { name: "MainThread", kernelName: "gunicorn" },
  { name: "worker-2", kernelName: "gunicorn" },
  { name: "ticker", kernelName: "gunicorn" },
  { name: "report", kernelName: "gunicorn" },
  { name: null, kernelName: "grpc_poller" },
];
const beat = (thread: number, atMs: number, lastsMs: number, waitedMs = 0, waitedFor = 0, forced = false): Beat => ({
  thread,
  atMs,
  lastsMs,
  waitedMs,
  waitedFor,
  forced,
});

/** `worker-2` computes, `ticker` wakes up and waits a whole switch interval for it, `report` holds on for 50 ms. */
const usualBeats: readonly Beat[] = [
  beat(1, 0, 9, 0, 0, true),
  beat(2, 9.02, 0.4, 5, 1),
  beat(1, 9.5, 14, 0.4, 2, true),
  beat(0, 23.6, 3, 5, 1),
  beat(1, 26.7, 7, 3, 0, true),
  beat(2, 33.8, 0.4, 5, 1),
  beat(3, 34.3, 50, 0.2, 2),
  beat(2, 84.4, 0.3, 49, 3),
  beat(1, 84.8, 11, 50, 3, true),
  beat(4, 96, 0.8, 1.1, 1),
  beat(0, 97, 2, 12, 1),
];

export const usualPattern = (seconds: number): Pattern => ({
  cycleMs: 100,
  beats: usualBeats,
  threads: usualNames.length,
  lengthMs: seconds * 1000,
  turnAfter: Number.POSITIVE_INFINITY,
});

/** One thread that computes and sleeps; there is nobody to wait for. */
export const singlePattern = (seconds: number): Pattern => ({
  cycleMs: 100,
  beats: [beat(0, 0, 38), beat(0, 61, 12)],
  threads: 1,
  lengthMs: seconds * 1000,
  turnAfter: Number.POSITIVE_INFINITY,
});

/** Ten million holds in a minute and a half, of eight threads that all spin. */
export const manyPattern: Pattern = {
  cycleMs: 9,
  beats: Array.from({ length: 1000 }, (_, at) =>
    beat(
      (at * 7 + (at >> 4)) % 8,
      at * 0.009,
      0.004 + (at % 5) * 0.001,
      at % 3 === 0 ? 0.03 : 0,
      (at + 1) % 8,
      at % 2 === 0,
    ),
  ),
  threads: 8,
  lengthMs: 90_000,
  turnAfter: 700,
};

export class GilScene {
  readonly #pattern: () => Pattern;
  readonly #names: readonly Named[];

  constructor(pattern: () => Pattern, isHostile: boolean) {
    this.#pattern = pattern;
    const { threads } = pattern();
    this.#names = Array.from({ length: threads }, (_, at) =>
      isHostile
        ? { name: hostile, kernelName: hostile }
        : threads <= usualNames.length
          ? (usualNames[at] ?? { name: null, kernelName: "python" })
          : { name: `spin-${at}`, kernelName: "python3" },
    );
  }

  lanes(fromMs: number, toMs: number, buckets: number): GilLanes {
    const pattern = this.#pattern();
    const bucketMs = (toMs - fromMs) / buckets;
    const lanes = this.#names.map(
      (named, at): GilLane => ({
        threadId: 41_277 + at,
        ...named,
        held: new Array<number>(buckets).fill(0),
        waited: new Array<number>(buckets).fill(0),
        holds: new Array<number>(buckets).fill(0),
      }),
    );
    for (const { hold, weight } of visit(pattern, fromMs, toMs)) {
      const lane = lanes[hold.threadId - 41_277];
      if (!lane) continue;
      const place = (ms: number) => (ms - fromMs) / bucketMs;
      spread(lane.held, place(hold.acquiredMs), place(hold.releasedMs), weight);
      if (hold.waited) spread(lane.waited, place(hold.requestMs), place(hold.acquiredMs), weight);
      const end = Math.floor(place(hold.releasedMs));
      if (end >= 0 && end < buckets) lane.holds[end] = (lane.holds[end] ?? 0) + weight;
    }
    return { fromMs, toMs, bucketMs, recordingMs: pattern.lengthMs, lanes, detailFromMs: 0 };
  }

  holds(fromMs: number, toMs: number, limit: number): GilHolds {
    const pattern = this.#pattern();
    const first = firstAfter(pattern, fromMs);
    const after = Math.min(holdCount(pattern), firstAfter(pattern, toMs) + pattern.beats.length);
    const rows = [];
    let of = 0;
    for (let index = first; index < after; index++) {
      const hold = holdAt(pattern, index);
      if (hold.requestMs >= toMs) continue;
      of++;
      if (rows.length < limit) rows.push(hold);
    }
    return { rows, of };
  }

  chain(from: number): GilChain | null {
    const pattern = this.#pattern();
    if (from < 0 || from >= holdCount(pattern)) return null;
    const steps = [holdAt(pattern, from)];
    for (let last = steps[0]; last?.waited && steps.length < 12; ) {
      last = holdAt(pattern, firstAfter(pattern, last.requestMs));
      steps.push(last);
    }
    return { steps, end: steps.at(-1)?.waited ? "cut" : "nobody" };
  }

  now(): GilNow {
    const pattern = this.#pattern();
    const atMs = pattern.lengthMs;
    const states = ["waiting", "holding", "released", "released", "waiting"] as const;
    return {
      atMs,
      holder: 41_277 + Math.min(1, pattern.threads - 1),
      holdsPerSecond: 110,
      threads: this.#names.map((named, at) => ({
        threadId: 41_277 + at,
        ...named,
        state: states[at % 5] ?? "released",
        sinceMs: states[at % 5] === "released" ? null : 3.1 + at,
        holdFraction: 0.2,
        waitFraction: 0.1,
        holds: 20,
      })),
    };
  }

  distribution(): GilDistribution {
    const pattern = this.#pattern();
    const visited = [...visit(pattern, 0, pattern.lengthMs)];
    const histogram = (value: (one: (typeof visited)[number]["hold"]) => number): HistogramBar[] => {
      const bars = new Map<number, number>();
      for (const { hold, weight } of visited) {
        const ms = value(hold);
        const octave = Math.floor(Math.log2(ms));
        if (ms > 0) bars.set(octave, (bars.get(octave) ?? 0) + weight);
      }
      const found = [...bars].toSorted((a, b) => a[0] - b[0]);
      return found.map(([octave, count]) => ({ fromMs: 2 ** octave, toMs: 2 ** (octave + 1), count }));
    };
    const { lanes, bucketMs } = this.lanes(0, pattern.lengthMs, 240);
    const sum = (pick: (lane: GilLane) => readonly number[], at: number) =>
      lanes.reduce((all, lane) => all + (pick(lane)[at] ?? 0), 0);
    return {
      holds: histogram((hold) => hold.releasedMs - hold.acquiredMs),
      waits: histogram((hold) => (hold.waited ? hold.acquiredMs - hold.requestMs : 0)),
      contention: Array.from({ length: 240 }, (_, at) => ({
        atMs: at * bucketMs,
        waiting: sum((lane) => lane.waited, at),
        held: Math.min(
          1,
          sum((lane) => lane.held, at),
        ),
      })),
    };
  }

  report(isHostile: boolean): GilReport {
    const pattern = this.#pattern();
    const { lanes } = this.lanes(0, pattern.lengthMs, 1);
    const seconds = pattern.lengthMs / 1000;
    return {
      switches: Math.round(holdCount(pattern) * 0.9),
      switchesCounted: Math.round(holdCount(pattern) * 0.9),
      intervalMs: 5,
      thresholdMs: 20,
      holdP50Ms: 7.02,
      holdP99Ms: 49.8,
      threads: lanes.map(({ threadId, name, kernelName, held, waited, holds }) => ({
        threadId,
        name,
        kernelName,
        holdFraction: held[0] ?? 0,
        waitFraction: waited[0] ?? 0,
        holds: holds[0] ?? 0,
        waits: waited[0] ? Math.round((holds[0] ?? 0) * 0.7) : 0,
        forced: waited[0] ? Math.round((holds[0] ?? 0) * 0.3) : 0,
        ...waits(pattern, threadId - 41_277),
        holdP50Ms: threadId === 41_280 ? 45.1 : 3.01,
        holdP99Ms: threadId === 41_280 ? 49.9 : 13.6,
        holdMaxMs: threadId === 41_280 ? 50 : 14,
      })),
      longHolds: this.#longHolds(isHostile),
      blame: [
        { waiter: 41_279, holder: 41_278, ms: seconds * 520 },
        { waiter: 41_278, holder: 41_280, ms: seconds * 480 },
        { waiter: 41_277, holder: 41_278, ms: seconds * 160 },
        { waiter: 41_279, holder: 41_280, ms: seconds * 470 },
      ],
      convoys: [{ waiter: 41_279, holder: 41_278, waits: Math.round(seconds * 20), ms: seconds * 500 }],
      calls: [
        call("PyGILState_Ensure", "/srv/venv/lib/python3.12/site-packages/grpc/_cython/cygrpc.so", 20_140),
        call("PyGILState_Release", "/srv/venv/lib/python3.12/site-packages/grpc/_cython/cygrpc.so", 20_140),
        call("PyEval_SaveThread", isHostile ? hostile : "/srv/venv/lib/python3.12/site-packages/numpy/_core.so", 1211),
      ],
    };
  }

  #longHolds(isHostile: boolean): GilReport["longHolds"] {
    const pattern = this.#pattern();
    const { length } = pattern.beats;
    const longest = pattern.beats.findIndex((one) => one.lastsMs >= 40);
    const found = [];
    for (let index = longest; longest >= 0 && index < holdCount(pattern); index += length * 3) {
      const { hold, threadId, acquiredMs: startMs, releasedMs } = holdAt(pattern, index);
      const frame = isHostile
        ? { function: hostile, file: `/srv/${hostile}`, line: 5 }
        : { function: "render_report", file: "/srv/shop/report.py", line: 57 };
      const outer = { function: "run", file: "/srv/shop/jobs.py", line: 203 };
      const native = [{ module: "/srv/venv/lib/python3.12/site-packages/fastpdf.so", function: "layout_pages" }];
      const waiters = [41_278, 41_279];
      found.push({
        hold,
        threadId,
        startMs,
        ms: releasedMs - startMs,
        unfinished: false,
        frames: [frame, outer],
        native,
        waiters,
      });
    }
    return found;
  }
}

/** Half of them a whole switch interval, where there are such. */
function waits({ beats }: Pattern, of: number) {
  const waited = beats.filter(({ thread }) => thread === of).map(({ waitedMs }) => waitedMs);
  const waitMaxMs = Math.max(0, ...waited);
  return { waitP50Ms: Math.min(5.08, waitMaxMs), waitP99Ms: Math.min(49.6, waitMaxMs), waitMaxMs };
}

const call = (name: string, module: string, calls: number) => ({ function: name, module, calls });

function spread(into: number[], from: number, to: number, weight: number): void {
  // What stands for many lies where those would lie: in the bucket around it.
  if (weight > 1) {
    const at = Math.floor(from);
    if (at >= 0 && at < into.length) into[at] = Math.min(1, (into[at] ?? 0) + (to - from) * weight);
    return;
  }
  for (let at = Math.max(0, Math.floor(from)); at < Math.min(into.length, to); at++)
    into[at] = Math.min(1, (into[at] ?? 0) + Math.min(at + 1, to) - Math.max(at, from));
}
