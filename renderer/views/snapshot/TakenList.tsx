// The snapshots of a recording in, a list of them out: how many objects each has, and how many more than the one before.
import { change, clock, count } from "../../logic/format.ts";
import { glyphOf } from "../../logic/heap.ts";
import { Link } from "../../parts/Link.tsx";
import type { Shown } from "./shown.ts";

export function TakenList({ shown: { route, id, taken } }: { readonly shown: Shown }) {
  if (taken.length < 2) return null;
  return (
    <nav aria-label="Snapshots">
      <ul className="taken">
        {taken.map((one, at) => {
          const before = taken[at - 1];
          const more = before && one.objects - before.objects;
          return (
            <li key={one.id} className="card">
              <Link to={{ ...route, id: one.id, against: undefined }} current={one.id === id}>
                Snapshot {one.id} at {clock(one.atMs / 1000)}
              </Link>
              <b>{count(one.objects)}</b>
              {before && more !== undefined ? (
                <Link to={{ ...route, id: one.id, against: before.id, table: "compare" }}>
                  {glyphOf(more)} {more === 0 ? "as many" : change(more)}
                </Link>
              ) : (
                <span className="faint">objects</span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
