// Keys pressed in a table's body in, the row that has the focus out. Next: parts/DataTable.tsx.
import { type FocusEvent, type KeyboardEvent, useState } from "react";

const pageRows = 12;

export function useRows() {
  const [current, setCurrent] = useState(0);
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const at = buttonsIn(event.currentTarget).findIndex((button) => button.contains(event.target));
    if (at >= 0) setCurrent(at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const buttons = buttonsIn(event.currentTarget);
    const to = destination(event.key, current, buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
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

const buttonsIn = (body: HTMLElement) => [...body.querySelectorAll<HTMLButtonElement>("button[data-row]")];
