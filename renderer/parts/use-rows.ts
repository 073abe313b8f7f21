// Keys pressed in a table's body in, the row that has the focus out: up and down walk the rows, left and right what can be pressed in one.
// Next: parts/DataTable.tsx.
import { type FocusEvent, type KeyboardEvent, useState } from "react";

const pageRows = 12;

export function useRows() {
  const [current, setCurrent] = useState(0);
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const row = event.target.closest("tr");
    const at = headsIn(event.currentTarget).findIndex((head) => head.closest("tr") === row);
    if (at >= 0) setCurrent(at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const heads = headsIn(event.currentTarget);
    if (walkAside(event, heads[current])) return;
    const to = destination(event.key, current, heads.length, pageRows);
    if (to === undefined) return;
    event.preventDefault();
    focusIn(heads[to], placeIn(heads[current]));
  };
  return { current, onFocus, onKeyDown };
}

/** Which row a key leads to. */
export function destination(key: string, from: number, rows: number, page: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: rows - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(rows - 1, to));
}

/** Left and right within a row; false for any other key, and where there is nothing beside. */
export function walkAside(event: KeyboardEvent<HTMLElement>, head: Element | undefined): boolean {
  const aside = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const stops = stopsOf(head);
  if (aside === undefined || stops.length < 2) return false;
  event.preventDefault();
  const found = stops[Math.max(0, placeIn(head) + aside)];
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
  return true;
}

/** Which of what can be pressed in its row has the focus: the first, where none has. */
export function placeIn(head: Element | undefined): number {
  const focused = document.activeElement;
  return focused === null ? 0 : Math.max(0, stopsOf(head).indexOf(focused));
}

/** The one at the same place as in the row before, or the first. */
export function focusIn(head: Element | undefined, place: number, options?: FocusOptions): void {
  const found = stopsOf(head)[place] ?? head;
  if (found instanceof HTMLElement) found.focus(options);
}

/** The first thing in each row: the table's tab stop is one of them. */
const headsIn = (body: HTMLElement): readonly Element[] => [...body.querySelectorAll("[data-row]")];
const stopsOf = (head: Element | undefined): readonly Element[] => [
  ...(head?.closest("tr")?.querySelectorAll("[data-row], [data-cell]") ?? []),
];
