// Threads, a filter and pins in, which lanes are shown and in which order out. Next: views/gil/Tracks.tsx, state/gil/use-track-keys.ts.
import { threadFields } from "../../../shared/filter/fields.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { GilThread } from "../../../shared/gil-document.ts";

/** Pinned ones first, whatever the filter says. A thread that the report does not know yet is shown while nothing is filtered. */
export function shownThreads(
  threads: readonly number[],
  report: readonly GilThread[],
  { filter, pins }: { readonly filter: string; readonly pins: readonly number[] },
): readonly number[] {
  const pinned = pins.filter((id) => threads.includes(id));
  const kept = new Set(keptThreads(report, filter).map(({ threadId }) => threadId));
  const stays = (id: number) => filter.trim() === "" || kept.has(id);
  return [...pinned, ...threads.filter((id) => !pinned.includes(id) && stays(id))];
}

export const keptThreads = (report: readonly GilThread[], filter: string): readonly GilThread[] =>
  report.filter(filterOf(filter, threadFields).keeps);

/** The one that the keys are about: what was chosen, while it is shown. */
export const currentAmong = (chosen: number | undefined, shown: readonly number[]): number | undefined =>
  chosen !== undefined && shown.includes(chosen) ? chosen : shown[0];

/** The next one up or down; the ends hold. */
export function stepAmong(chosen: number | undefined, shown: readonly number[], by: number): number | undefined {
  const current = currentAmong(chosen, shown);
  const at = current === undefined ? -1 : shown.indexOf(current);
  return shown[Math.max(0, Math.min(shown.length - 1, at + by))];
}

export const toggled = (pins: readonly number[], id: number): readonly number[] =>
  pins.includes(id) ? pins.filter((one) => one !== id) : [...pins, id];
