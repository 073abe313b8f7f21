// How many rows there are in, how many are drawn and a line that says so out.
import { type ReactNode, useState } from "react";
import { count } from "../logic/format.ts";

/** `first`: so few are shown at once where others stand below; without it all are, as a table draws only what is seen of it. */
export function useLimit(rows: number, first = rows): { readonly shown: number; readonly note: ReactNode } {
  const [all, setAll] = useState(false);
  const shown = all ? rows : Math.min(first, rows);
  return { shown, note: rows > shown ? <Partial shown={shown} of={rows} more={() => setAll(true)} /> : null };
}

interface Given {
  readonly shown: number;
  readonly of: number;
  readonly more: () => void;
}
function Partial({ shown, of, more }: Given) {
  return (
    <div className="tools">
      <span className="quiet">
        First {count(shown)} of {count(of)}
      </span>
      <button type="button" className="small" onClick={more}>
        Show all {count(of)}
      </button>
    </div>
  );
}
