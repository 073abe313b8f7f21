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
    const stops = stopsOf(heads[current]);
    const place = Math.max(0, stops.indexOf(document.activeElement ?? event.currentTarget));
    const aside = { ArrowRight: place + 1, ArrowLeft: place - 1 }[event.key];
    const to = aside === undefined ? destination(event.key, current, heads.length) : current;
    if (to === undefined || (aside !== undefined && stops.length < 2)) return;
    event.preventDefault();
    const found = stopsOf(heads[to])[Math.max(0, aside ?? place)] ?? (aside === undefined ? heads[to] : undefined);
    if (found instanceof HTMLElement) found.focus();
  };
  return { current, onFocus, onKeyDown };
}

function destination(key: string, from: number, rows: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + pageRows,
    PageUp: from - pageRows,
    Home: 0,
    End: rows - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(rows - 1, to));
}

/** The first thing in each row: the table's tab stop is one of them. */
const headsIn = (body: HTMLElement): readonly Element[] => [...body.querySelectorAll("[data-row]")];
const stopsOf = (head: Element | undefined): readonly Element[] => [
  ...(head?.closest("tr")?.querySelectorAll("[data-row], [data-cell]") ?? []),
];
