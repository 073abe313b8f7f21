// Very many rows in, a table that scrolls by itself out: what is seen is drawn and no more, and it stands still while the scroller moves,
// so that a row is never late. Next: parts/use-tall.ts.
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { wayPx } from "../logic/tall.ts";
import type { Given, Rows } from "./table-given.ts";
import { Heads, Row, Total } from "./table-row.tsx";
import { useColumnWidths } from "./use-column-widths.ts";
import { destination, focusIn, placeIn, walkAside } from "./use-rows.ts";
import { type Scrolled, useTall } from "./use-tall.ts";

export function TallTable<T>(given: Given<T>) {
  const { rows, columns, label, press, to } = given;
  const opened = useMemo(() => openIn(given), [given]);
  const scrolled = useTall(rows.length, opened);
  const { scroller, tall, headPx, first, last, fromTopPx } = scrolled;
  const walk = useWalk(rows, scrolled);
  const row = useRowCache(given);
  useSeen(given, first, last);
  useColumnWidths(scroller, columns);
  const places = placesOf(first, last, walk.current);
  // The row that has the focus stays, out of sight, above or below those that are seen.
  const above = places[0] !== undefined && places[0] < first ? tall.rowPx : 0;
  return (
    <section
      className="card table tall"
      ref={scroller}
      onScroll={scrolled.onScroll}
      aria-label={`${label}, scrolls`}
      tabIndex={press || to ? -1 : 0}
    >
      <div className="way" style={{ height: headPx + wayPx(tall) }}>
        <div className="pane" style={{ height: headPx + tall.viewPx }}>
          <table aria-label={label} aria-rowcount={rows.length + 1}>
            <thead>
              <tr aria-rowindex={1}>
                <Heads given={given} />
              </tr>
              {given.total && <Total given={given} />}
            </thead>
            <tbody style={{ transform: `translateY(${fromTopPx - above}px)` }} {...walk.handlers}>
              {places.map((at) => row(at, at === walk.current ? 0 : -1))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

function openIn<T>({ open, more, rows, keyOf }: Given<T>): number | undefined {
  if (open === undefined || !more) return undefined;
  for (let at = 0; at < rows.length; at++) {
    const row = rows.at(at);
    if (row !== undefined && keyOf(row) === open) return at;
  }
  return undefined;
}

function placesOf(first: number, last: number, current: number): readonly number[] {
  const seen = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  if (current < first) return [current, ...seen];
  return current > last ? [...seen, current] : seen;
}

function useSeen<T>({ seen, rows }: Given<T>, first: number, last: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: told again when other rows are given, which may lack some
  useLayoutEffect(() => seen?.(first, last), [first, last, rows]);
}

/** An element that was made before is not drawn again: only rows that come into view cost anything while the table is scrolled. */
function useRowCache<T>(given: Given<T>): (at: number, tabIndex: number) => ReactNode {
  const made = useMemo(() => ({ given, rows: new Map<string, ReactNode>() }), [given]).rows;
  return (at, tabIndex) => {
    const name = `${at} ${tabIndex}`;
    const before = made.get(name);
    if (before !== undefined) return before;
    if (made.size > 1000) made.clear();
    const row = given.rows.at(at);
    const fresh =
      row === undefined ? (
        <Awaited key={`awaited ${at}`} at={at} columns={given.columns.length} tabIndex={tabIndex} />
      ) : (
        <Row key={given.keyOf(row)} given={given} row={row} tabIndex={tabIndex} at={at} />
      );
    made.set(name, fresh);
    return fresh;
  };
}

function Awaited({
  at,
  columns,
  tabIndex,
}: {
  readonly at: number;
  readonly columns: number;
  readonly tabIndex: number;
}) {
  return (
    <tr aria-rowindex={at + 2} data-at={at} className="off">
      <td className="text" colSpan={columns}>
        <span data-row tabIndex={tabIndex}>
          …
        </span>
      </td>
    </tr>
  );
}

function useWalk<T>(rows: Rows<T>, { scroller, tall, reveal, first, last }: Scrolled) {
  const [chosen, setCurrent] = useState(0);
  const held = useRef(false);
  const current = Math.min(chosen, rows.length - 1);
  const headAt = (at: number) => scroller.current?.querySelector(`tr[data-at="${at}"] [data-row]`) ?? undefined;
  // What had the focus may have been replaced, as by a row that has come.
  useLayoutEffect(() => {
    if (held.current && document.activeElement === document.body) focusIn(headAt(current), 0, { preventScroll: true });
  });
  const onFocus = ({ target }: { readonly target: Element }) => {
    held.current = true;
    const at = Number(target.closest("tr[data-at]")?.getAttribute("data-at") ?? current);
    setCurrent(at);
    if (target.matches(":focus-visible") || at < first || at > last) reveal(at);
  };
  const onBlur = () => {
    held.current = false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (walkAside(event, headAt(current))) return;
    const page = Math.max(1, Math.floor(tall.viewPx / tall.rowPx) - 1);
    const to = destination(event.key, current, rows.length, page);
    if (to === undefined) return;
    event.preventDefault();
    const place = placeIn(headAt(current));
    flushSync(() => {
      setCurrent(to);
      reveal(to);
    });
    focusIn(headAt(to), place, { preventScroll: true });
    // The table may stand half outside of the screen that it is in.
    headAt(to)?.closest("tr")?.scrollIntoView({ block: "nearest" });
  };
  return { current, handlers: { onFocus, onBlur, onKeyDown } };
}
