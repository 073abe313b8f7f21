// A long table in; its columns grow with what comes into view and do not shrink again, so that nothing jumps from side to side while
// it is scrolled. Next: parts/TallTable.tsx.
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Column } from "./table-given.ts";

export function useColumnWidths<T>(table: RefObject<HTMLElement | null>, columns: readonly Column<T>[]): void {
  const known = useRef<{ readonly names: string; readonly roomPx: number; readonly widths: number[] }>(undefined);
  useLayoutEffect(() => {
    const heads = [...(table.current?.querySelectorAll<HTMLElement>("thead th") ?? [])];
    const roomPx = table.current?.clientWidth ?? 0;
    const names = columns.map(({ id }) => id).join();
    if (known.current?.names !== names || known.current.roomPx !== roomPx) {
      for (const head of heads) head.style.minWidth = "";
      known.current = { names, roomPx, widths: [] };
    }
    const { widths } = known.current;
    const now = heads.map((head) => head.offsetWidth);
    for (const [at, head] of heads.entries()) {
      if (columns[at]?.room === "wide" || (now[at] ?? 0) <= (widths[at] ?? 0)) continue;
      widths[at] = now[at] ?? 0;
      head.style.minWidth = `${widths[at]}px`;
    }
  });
}
