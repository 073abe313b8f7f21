// How many rows there are in, how many are drawn and a line that says so out: no table grows without end.
import { type ReactNode, useState } from "react";
import { count } from "../logic/format.ts";

const step = 200;

/** `first`: of a table that others stand below, fewer are shown at once. */
export function useLimit(rows: number, first = step): { readonly shown: number; readonly note: ReactNode } {
  const [shown, setShown] = useState(first);
  const more = () => setShown(shown + step);
  return { shown, note: rows > shown ? <Partial shown={shown} of={rows} more={more} /> : null };
}

interface Given {
  readonly shown: number;
  readonly of: number;
  readonly more: () => void;
}
export function Partial({ shown, of, more }: Given) {
  return (
    <div className="tools">
      <span className="quiet">
        First {count(shown)} of {count(of)}
      </span>
      <button type="button" className="small" onClick={more}>
        Show {count(Math.min(step, of - shown))} more
      </button>
    </div>
  );
}
