// What is looked at in, tiles of the lanes out: asked for where they are missing, kept while there is room. Next: tracks.ts.
import type { GilLanes } from "../../../shared/gil-views.ts";
import type { Bridge } from "../../bridge.ts";
import { lengthOf, type Span } from "../../logic/gil/span.ts";
import { headsOf, type LaneHead, type Strip, stripOf } from "../../logic/gil/strip.ts";
import {
  holdIndexOf,
  keyOf,
  levelFor,
  neighbours,
  spanOfTile,
  type Tile,
  type TileId,
  tileBuckets,
  tilesOver,
} from "../../logic/gil/tiles.ts";
import type { Problem } from "../../logic/loadable.ts";
import { createCell } from "../cell.ts";
import { Shelf } from "./shelf.ts";

/** The whole recording at once: the map at the top, the threads, and what is drawn until something better comes. */
export interface Overview {
  readonly strip: Strip;
  readonly untilMs: number;
  readonly heads: readonly LaneHead[];
  /** Before it only coarse counts are left. */
  readonly detailFromMs: number;
}

const atOnce = 2;
const retryMs = 1000;
/** A hold is known when it ends: what is younger may still change. */
const settlesMs = 1000;
/** Few enough to be asked for one by one. */
const fewHolds = 2000;

export class TileStore {
  readonly overview = createCell<Overview | undefined>(undefined);
  /** Rises when there is something new to draw. */
  readonly version = createCell(0);
  readonly problem = createCell<Problem | undefined>(undefined);
  readonly #bridge: Bridge;
  readonly #path: string;
  readonly #shelf = new Shelf();
  readonly #flying = new Set<string>();
  #looked: { readonly span: Span; readonly pixels: number } | undefined;
  #edge = { ms: 0, live: false };
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, path: string) {
    this.#bridge = bridge;
    this.#path = path;
  }

  /** Answers how to stop; may be started again. */
  start(): () => void {
    const stopLink = this.#bridge.link.subscribe(() => this.#pump());
    this.#pump();
    return () => {
      stopLink();
      clearTimeout(this.#resting);
      this.#resting = undefined;
      this.#looked = undefined;
    };
  }

  best(id: TileId): Tile | undefined {
    return this.#shelf.best(id);
  }

  look(span: Span, pixels: number): void {
    this.#looked = { span, pixels };
    this.#pump();
  }

  /** How long the recording is by now, and whether it goes on. */
  grow(ms: number, live: boolean): void {
    this.#edge = { ms: Math.max(ms, this.#edge.ms), live };
    this.#pump();
  }

  #pump(): void {
    const looked = this.#looked;
    if (this.#resting !== undefined || this.#bridge.link.get() !== "open" || !looked || this.#edge.ms <= 0) return;
    if (this.#isOverviewOld()) this.#fly("all", () => this.#loadOverview());
    const whole = { fromMs: 0, toMs: this.#edge.ms };
    const span = { fromMs: Math.max(0, looked.span.fromMs), toMs: Math.min(whole.toMs, looked.span.toMs) };
    const seen = tilesOver(span, levelFor(lengthOf(looked.span) / looked.pixels));
    for (const id of [...seen, ...neighbours(seen, whole)]) {
      if (this.#flying.size >= atOnce) return;
      if (this.#isMissing(id)) this.#fly(keyOf(id), () => this.#load(id));
    }
  }

  #isOverviewOld(): boolean {
    const known = this.overview.get()?.untilMs;
    const { ms, live } = this.#edge;
    const enough = live ? Math.max(settlesMs, ms / 200) : 0;
    return !this.#flying.has("all") && (known === undefined || ms - known > enough);
  }

  #isMissing(id: TileId): boolean {
    return !this.#flying.has(keyOf(id)) && !this.#shelf.isKnown(id, this.#edge.ms);
  }

  #fly(key: string, work: () => Promise<void>): void {
    this.#flying.add(key);
    void work().then(() => {
      this.#flying.delete(key);
      this.version.set(this.version.get() + 1);
      this.#pump();
    });
  }

  async #load(id: TileId): Promise<void> {
    const span = spanOfTile(id);
    const edgeMs = this.#edge.ms;
    const settledMs = this.#edge.live ? edgeMs - settlesMs : Number.POSITIVE_INFINITY;
    const lanes = await this.#lanes(span, tileBuckets);
    if (!lanes) return;
    const strip = stripOf(lanes);
    const holds = strip.holds > fewHolds ? undefined : await this.#holds(span);
    this.#shelf.put({ tile: { id, strip, holds }, settledMs, edgeMs });
  }

  async #loadOverview(): Promise<void> {
    const asked = this.#edge.ms;
    const lanes = await this.#lanes({ fromMs: 0, toMs: asked }, 2 * tileBuckets);
    if (!lanes) return;
    this.overview.set({
      strip: stripOf(lanes),
      untilMs: asked,
      detailFromMs: lanes.detailFromMs,
      heads: headsOf(lanes.lanes),
    });
  }

  async #lanes({ fromMs, toMs }: Span, buckets: number): Promise<GilLanes | undefined> {
    const answer = await this.#bridge.call("gil.lanes", { path: this.#path, fromMs, toMs, buckets });
    if (answer.ok) {
      this.problem.set(undefined);
      return answer.value ?? undefined;
    }
    this.problem.set(answer.problem);
    this.#resting ??= setTimeout(() => {
      this.#resting = undefined;
      this.#pump();
    }, retryMs);
    return undefined;
  }

  async #holds(span: Span) {
    const answer = await this.#bridge.call("gil.holds", { path: this.#path, ...span, limit: 2 * fewHolds });
    const found = answer.ok ? answer.value : null;
    return found && found.rows.length === found.of ? holdIndexOf(found.rows) : undefined;
  }
}
