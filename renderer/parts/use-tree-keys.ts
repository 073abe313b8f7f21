// Keys pressed in a tree in, the object whose row has the focus out: right opens or goes in, left shuts or goes up. Used by views/snapshot, views/flame.
import { type FocusEvent, type KeyboardEvent, useState } from "react";

export function useTreeKeys() {
  const [current, setCurrent] = useState<string | undefined>(undefined);
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const head = headOf(event.target.closest("tr"));
    if (head) setCurrent(head.dataset["row"]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = event.target instanceof HTMLElement ? event.target.closest("tr") : null;
    if (!row) return;
    const rows = [...event.currentTarget.querySelectorAll("tr")].filter((one) => headOf(one) !== undefined);
    const act = actOf(event.key, row, rows);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return { current, onFocus, onKeyDown };
}

type Row = HTMLTableRowElement;

function actOf(key: string, row: Row, rows: readonly Row[]): (() => void) | undefined {
  const at = rows.indexOf(row);
  const to = (found: Row | undefined) => (found ? () => headOf(found)?.focus() : undefined);
  const expanded = row.ariaExpanded;
  switch (key) {
    case "ArrowDown":
      return to(rows[at + 1]);
    case "ArrowUp":
      return to(rows[at - 1]);
    case "Home":
      return to(rows[0]);
    case "End":
      return to(rows.at(-1));
    case "ArrowRight":
      if (expanded === "false") return () => headOf(row)?.click();
      return expanded === "true" ? to(rows[at + 1]) : () => linkOf(row)?.focus();
    case "ArrowLeft":
      if (document.activeElement === linkOf(row)) return to(row);
      if (expanded === "true") return () => headOf(row)?.click();
      return to(rows.slice(0, at).findLast((above) => levelOf(above) < levelOf(row)));
    default:
      return undefined;
  }
}

const headOf = (row: Row | null): HTMLElement | undefined => row?.querySelector<HTMLElement>("[data-row]") ?? undefined;
const linkOf = (row: Row): HTMLElement | undefined => row.querySelector<HTMLElement>("[data-cell]") ?? undefined;
const levelOf = (row: Row): number => Number(row.ariaLevel ?? 1);
