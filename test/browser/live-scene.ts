// Seconds since a drawn recording began in; its levels, its flows and what of a stretch is still alive out. Used by scene.ts.
import type { Flow } from "../../shared/flow.ts";
import type { Survivors } from "../../shared/survivors.ts";
import { type Scene, siteRows } from "./scene-rows.ts";

export function seriesAt(scene: Scene, seconds: number) {
  if (scene === "empty") return { bucketSeconds: 1, buckets: [] };
  const length = Math.min(240, Math.floor(seconds));
  let [live, liveBytes] = [12_000, 2_400_000];
  const buckets = Array.from({ length }, (_, at) => {
    const allocated = Math.round(9000 + 3500 * Math.sin(at / 9) + ((at * 37) % 23) * 90 + (at < 14 ? 5000 : 0));
    const kept = 280 + (at < 14 ? 3600 - at * 240 : 0) + ((at * 53) % 31) * 4;
    const [before, bytesBefore] = [live, liveBytes];
    live += kept;
    liveBytes += kept * 240;
    // A request for everything, once a minute: gone again within its second.
    const spike = at % 60 === 47 ? 26_000 : 0;
    return {
      ...{ at: at + 1, live, liveBytes, allocated, freed: allocated - kept },
      liveRange: { least: before, most: live + spike },
      liveBytesRange: { least: bytesBefore, most: liveBytes + spike * 240 },
    };
  });
  return { bucketSeconds: 1, buckets };
}

/** The same, and of each second what is surely still alive: what leaks, and what the caches were filled with. */
export function flowAt(scene: Scene, seconds: number, most: number): Flow {
  const { bucketSeconds, buckets } = seriesAt(scene, seconds);
  const each = Math.max(1, Math.ceil(buckets.length / most));
  const groups = Array.from({ length: Math.ceil(buckets.length / each) }, (_, at) =>
    buckets.slice(at * each, (at + 1) * each),
  );
  return {
    bucketSeconds: each * bucketSeconds,
    buckets: groups.map((group) => {
      const [allocated, freed] = [sumOf(group.map((one) => one.allocated)), sumOf(group.map((one) => one.freed))];
      return { at: group[0]?.at ?? 0, allocated, freed, alive: allocated - freed - 80 * group.length };
    }),
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export function survivorsAt(
  scene: Scene,
  { from, to }: { readonly from: number; readonly to: number },
  until: number,
  limit: number,
): Survivors {
  const rows = siteRows(scene, until).map(({ type, domain, frames, live }) => {
    const [allocated, atLeast] = [Math.round(live / 4), Math.round(live / 5)];
    const alive = { atLeast, atMost: Math.min(allocated, atLeast + (live % 3)) };
    return {
      type,
      domain,
      frames,
      allocated,
      alive,
      aliveBytes: { atLeast: 240 * atLeast, atMost: 240 * alive.atMost },
    };
  });
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const [atLeast, atMost] = [sum(({ alive }) => alive.atLeast), sum(({ alive }) => alive.atMost)];
  const whole = { alive: { atLeast, atMost }, aliveBytes: { atLeast: 240 * atLeast, atMost: 240 * atMost } };
  const allocated = sum((row) => row.allocated);
  return { from, to, until, allocated, ...whole, rows: rows.slice(0, limit), of: rows.length };
}
