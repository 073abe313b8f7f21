// A snapshot in; who retains what as a tree, the most first, out: a branch is asked for when it is opened. Next: Branch.tsx.

import { useTreeKeys } from "../../parts/use-tree-keys.ts";
import { Branch } from "./Branch.tsx";
import type { Shown } from "./shown.ts";

export function Tree({ shown: { path, id } }: { readonly shown: Shown }) {
  const keys = useTreeKeys();
  return (
    <>
      <p className="quiet">
        Below an object stands what is alive through it alone, and would be freed with it. Outermost stands what a root
        holds, or what is held in more than one way.
      </p>
      <div className="card table below">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree of rows is a treegrid (ARIA 1.2), and only a table has its layout */}
        <table aria-label="Who retains what" role="treegrid">
          <thead>
            <tr>
              <th scope="col" className="text">
                Object
              </th>
              <th scope="col">Retained</th>
              <th scope="col">Bytes</th>
              <th scope="col">Below it</th>
              <th scope="col" className="text">
                Reached
              </th>
            </tr>
          </thead>
          <tbody onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
            <Branch path={path} id={id} node={undefined} level={1} tabStop={keys.current} />
          </tbody>
        </table>
      </div>
    </>
  );
}
