// A recording that is too large in; the oldest detail taken out, the finest first. Totals, names and the coarsest lanes stay. Used by recorder.ts.
import { type Resolution, resolutions } from "../store/schema.ts";
import { holdChunks } from "../store/schema-gil.ts";
import { type DetailTable, detailTables } from "../store/trim.ts";
import type { RecordingWriter } from "../store/writer.ts";

/** Part of the kept time that goes at once, so that not every batch has to make room. */
const partAtOnce = 1 / 8;

/** Detail of this time is kept while anything older can go instead. */
const newestMs = 60_000;

/** Rows of one kind, by their time. */
interface Layer {
  oldest(): number | undefined;
  /** To where the file could do without: something coarser tells the same. */
  spare(): number;
  /** Where a cut may stand that is wanted at a time. */
  cutAt(t: number): number;
  forget(t: number): void;
}

export class Retention {
  readonly #holds: Layer;
  readonly #now: () => number;
  /** Of one group the layer with the oldest rows goes first; then the next group. The last has the only picture of its time. */
  readonly #groups: readonly (readonly Layer[])[];

  /** `coveredTo` tells to where the file could do without a resolution, `now` is the time of the last batch. */
  constructor(writer: RecordingWriter, coveredTo: (resolution: Resolution) => number, now: () => number) {
    this.#holds = detailLayer(writer, holdChunks, now);
    const chunks = (resolution: Resolution) => chunkLayer(writer, resolution, coveredTo);
    const detail = (table: DetailTable) => detailLayer(writer, table, now);
    const lanes = (level: number) => laneLayer(writer, level);
    this.#now = now;
    this.#groups = [
      [chunks(100), ...detailTables.map(detail), lanes(0)],
      [chunks(1000), lanes(1), lanes(2)],
      [chunks(10_000), lanes(3), lanes(4)],
      [chunks(60_000), lanes(5)],
    ];
  }

  /** Takes one step; false when nothing more may go. */
  forgetOldest(): boolean {
    const now = this.#now();
    const older = this.#groups.slice(0, -1).some((layers) => forgetOf(layers, now - newestMs));
    return older || this.#groups.some((layers) => forgetOf(layers, now));
  }
  /** The oldest of the single holds. */
  forgetHolds(): void {
    forgetOf([this.#holds], this.#now());
  }
}

/** Nothing that is all of after `until`; a cut may stand a little later. */
function forgetOf(layers: readonly Layer[], until: number): boolean {
  const [first] = layers
    .map((layer) => ({ layer, oldest: layer.oldest() ?? Number.POSITIVE_INFINITY, spare: layer.spare() }))
    .filter(({ oldest, spare }) => oldest <= Math.min(spare, until))
    .sort((a, b) => a.oldest - b.oldest);
  if (!first) return false;
  const { layer, oldest, spare } = first;
  layer.forget(Math.min(layer.cutAt(oldest + (Math.min(spare, until) - oldest) * partAtOnce), spare));
  return true;
}

const chunkLayer = (
  writer: RecordingWriter,
  resolution: Resolution,
  coveredTo: (resolution: Resolution) => number,
): Layer => {
  const coarser = resolutions[resolutions.indexOf(resolution) + 1] ?? resolution;
  return {
    oldest: () => writer.oldest(resolution),
    spare: () => coveredTo(resolution),
    // A cut stands where a coarser chunk ends, so that each moment is in one chunk only.
    cutAt: (t) => Math.ceil(t / coarser) * coarser,
    forget: (t) => writer.forget(resolution, t),
  };
};

/** Single holds and errors: totals and lanes tell what they add up to. */
const detailLayer = (writer: RecordingWriter, table: DetailTable, now: () => number): Layer => ({
  oldest: () => writer.trim.oldest(table),
  spare: now,
  cutAt: (t) => t,
  forget: (t) => writer.trim.forget(table, Math.floor(t)),
});

const laneLayer = (writer: RecordingWriter, level: number): Layer => ({
  oldest: () => writer.trim.oldestLane(level),
  spare: () => writer.trim.newestLane(level + 1),
  cutAt: (t) => writer.trim.laneFrom(level + 1, t),
  forget: (t) => writer.trim.forgetLane(level, t),
});
