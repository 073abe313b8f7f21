// The words of an address in, what is shown of the GIL out, and back: what is seen, chosen, filtered and pinned. Used by routes.ts.
import type { GilHold } from "../../shared/gil-views.ts";
import type { Span } from "./gil/span.ts";

/** A hold by its number in the recording, and a time at which it was held: there it is found again. */
export interface HoldRef {
  readonly hold: number;
  readonly atMs: number;
}
export type ChosenRef =
  | { readonly kind: "hold"; readonly ref: HoldRef }
  | { readonly kind: "span"; readonly span: Span };

export interface GilRoute {
  readonly screen: "gil";
  readonly path: string | undefined;
  /** What is seen; without it everything. */
  readonly span: Span | undefined;
  /** The thread that the keys are about; without it the first. */
  readonly thread: number | undefined;
  readonly chosen: ChosenRef | undefined;
  readonly filter: string;
  /** Threads that stand above the others, in this order. */
  readonly pins: readonly number[];
}

export const gil = (path?: string): GilRoute => ({
  screen: "gil",
  path,
  span: undefined,
  thread: undefined,
  chosen: undefined,
  filter: "",
  pins: [],
});

export const gilFrom = (given: URLSearchParams): GilRoute => ({
  screen: "gil",
  path: given.get("path") ?? undefined,
  span: spanFrom(given, "from", "to"),
  thread: idFrom(given.get("thread")),
  chosen: chosenFrom(given),
  filter: given.get("filter") ?? "",
  pins: pinsFrom(given.get("pins")),
});

export const gilWords = ({ path, span, thread, chosen, filter, pins }: GilRoute) => ({
  path,
  from: span?.fromMs,
  to: span?.toMs,
  thread,
  filter,
  pins: pins.join("-"),
  ...(chosen?.kind === "hold" && { hold: chosen.ref.hold, at: chosen.ref.atMs }),
  ...(chosen?.kind === "span" && { since: chosen.span.fromMs, until: chosen.span.toMs }),
});

/** The hold that goes on has no number yet. */
export const refOf = ({ hold, acquiredMs }: Pick<GilHold, "hold" | "acquiredMs">): ChosenRef | undefined =>
  hold < 0 ? undefined : { kind: "hold", ref: { hold, atMs: digits(acquiredMs) } };

export const rounded = ({ fromMs, toMs }: Span): Span => ({ fromMs: digits(fromMs), toMs: digits(toMs) });

/** To the nanosecond; more only make the link longer. */
const digits = (ms: number): number => Number(ms.toFixed(6));

function chosenFrom(given: URLSearchParams): ChosenRef | undefined {
  const [hold, atMs] = [idFrom(given.get("hold")), timeFrom(given.get("at"))];
  if (hold !== undefined && atMs !== undefined) return { kind: "hold", ref: { hold, atMs } };
  const span = spanFrom(given, "since", "until");
  return span && { kind: "span", span };
}

function spanFrom(given: URLSearchParams, from: string, to: string): Span | undefined {
  const [fromMs, toMs] = [timeFrom(given.get(from)), timeFrom(given.get(to))];
  return fromMs !== undefined && toMs !== undefined && toMs > fromMs ? { fromMs, toMs } : undefined;
}

/** More would not fit on a screen, nor in a link. */
const mostPins = 64;

const pinsFrom = (text: string | null): readonly number[] => {
  const ids = (text ?? "").split("-").map(idFrom);
  return [...new Set(ids.filter((id) => id !== undefined))].slice(0, mostPins);
};

const idFrom = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

function timeFrom(text: string | null): number | undefined {
  const ms = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(ms) && Math.abs(ms) < 1e12 ? ms : undefined;
}
