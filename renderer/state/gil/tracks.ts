// What a user does with the tracks in; what is seen, chosen and pointed at out. Next: views/gil draws it.
import type { GilHold } from "../../../shared/gil-views.ts";
import type { Bridge } from "../../bridge.ts";
import { holdSpan, type Moment } from "../../logic/gil/holds.ts";
import {
  around,
  inside,
  lengthOf,
  middleOf,
  panned,
  type Span,
  sameSpan,
  showing,
  zoomed,
} from "../../logic/gil/span.ts";
import type { HoldRef } from "../../logic/gil-route.ts";
import type { Flag } from "../../logic/marks.ts";
import { createCell } from "../cell.ts";
import { TileStore } from "./tile-store.ts";

export type Choice = { readonly kind: "hold"; readonly hold: GilHold } | { readonly kind: "span"; readonly span: Span };

/** What the pointer is over. */
export interface Pointed {
  readonly threadId: number;
  readonly ms: number;
  /** Where in the window, to put a sheet beside it. */
  readonly at: { readonly x: number; readonly y: number };
  readonly moment: Moment | undefined;
}

/** Where nothing is pointed at or chosen, one looks closer at the middle. */
export class Tracks {
  readonly span = createCell<Span>({ fromMs: 0, toMs: 1 });
  readonly whole = createCell<Span>({ fromMs: 0, toMs: 1 });
  /** That the keys are about; without it the first that is shown. */
  readonly thread = createCell<number | undefined>(undefined);
  readonly chosen = createCell<Choice | undefined>(undefined);
  /** Asked for by the address, and not found yet. */
  readonly sought = createCell<HoldRef | undefined>(undefined);
  readonly pointed = createCell<Pointed | undefined>(undefined);
  /** The marks of the recording, as they are shown. */
  readonly flags = createCell<readonly Flag[]>([]);
  /** The right edge is followed while the recording goes on. */
  readonly follows = createCell(true);
  readonly live = createCell(false);
  readonly tiles: TileStore;
  /** Nobody has asked for a part of it yet. */
  #isFresh = true;
  #knowsWhole = false;

  constructor(bridge: Bridge, path: string, asked: Span | undefined) {
    this.tiles = new TileStore(bridge, path);
    if (asked && lengthOf(asked) > 0) this.see(asked);
  }

  /** The recording is that long by now. Who sees all of it goes on to, who follows its edge is moved along. */
  grow(ms: number, live: boolean): void {
    const before = this.whole.get();
    this.live.set(live);
    this.tiles.grow(ms, live);
    if (ms <= before.toMs && this.#knowsWhole) return;
    const whole = { fromMs: 0, toMs: Math.max(ms, 1) };
    const sawAll = this.#isFresh || sameSpan(this.span.get(), before);
    const moved = this.follows.get() && live ? panned(this.span.get(), whole.toMs, whole) : this.span.get();
    this.whole.set(whole);
    this.span.set(sawAll ? whole : inside(moved, whole));
    this.#isFresh = false;
    this.#knowsWhole = true;
  }

  see(span: Span): void {
    // What a link asks for is kept until it is known how long the recording is.
    const next = this.#knowsWhole ? inside(span, this.whole.get()) : span;
    this.#isFresh = false;
    if (sameSpan(next, this.span.get())) return;
    if (!this.#knowsWhole || next.toMs < this.whole.get().toMs) this.follows.set(false);
    this.span.set(next);
  }

  zoom(factor: number, atMs = this.#middle()): void {
    if (this.#knowsWhole) this.see(zoomed(this.span.get(), factor, atMs, this.whole.get()));
  }

  pan(by: number): void {
    if (this.#knowsWhole) this.see(panned(this.span.get(), by, this.whole.get()));
  }

  /** Looked at closely when all is seen, else as closely as before. */
  show(ms: number): void {
    const half = Math.min(lengthOf(this.span.get()), lengthOf(this.whole.get()) / 8) / 2;
    this.see({ fromMs: ms - half, toMs: ms + half });
  }

  fit(): void {
    this.see(this.whole.get());
    this.follows.set(true);
  }

  follow(): void {
    const [span, whole] = [this.span.get(), this.whole.get()];
    this.see({ fromMs: whole.toMs - lengthOf(span), toMs: whole.toMs });
    this.follows.set(true);
  }

  /** What is chosen fills a third of the picture; when it does already, all is shown. */
  focus(): void {
    const chosen = this.#chosenSpan();
    const near = chosen && (this.chosen.get()?.kind === "span" ? chosen : around(chosen, this.whole.get()));
    if (!near || sameSpan(inside(near, this.whole.get()), this.span.get())) this.fit();
    else this.see(near);
  }

  choose(choice: Choice | undefined): void {
    this.sought.set(undefined);
    this.chosen.set(choice);
  }

  /** Chosen and, where it is not seen, brought into sight; `near` also looks at it closely. */
  goTo(hold: GilHold, how: "near" | "seen"): void {
    this.choose({ kind: "hold", hold });
    const span = holdSpan(hold);
    if (how === "near") this.see(around(span, this.whole.get()));
    else this.see(showing(this.span.get(), span, this.whole.get()));
  }

  #chosenSpan(): Span | undefined {
    const chosen = this.chosen.get();
    if (!chosen) return undefined;
    return chosen.kind === "span" ? chosen.span : holdSpan(chosen.hold);
  }

  /** What the pointer is on stays where it is; else what is chosen, as long as it is seen. */
  #middle(): number {
    const span = this.span.get();
    const pointed = this.pointed.get()?.ms;
    if (pointed !== undefined) return pointed;
    const chosen = this.#chosenSpan();
    const at = chosen && middleOf(chosen);
    return at !== undefined && at > span.fromMs && at < span.toMs ? at : middleOf(span);
  }
}
