// How stacks are shown in, the controls that change it out. Used by Stacks.tsx.
import { flameMeasures } from "../../../shared/flame.ts";
import type { FlameView } from "../../logic/evidence-route.ts";
import { measureWords } from "../../logic/flame/said.ts";
import type { Found } from "../../logic/flame/search.ts";
import { counted, fraction } from "../../logic/format.ts";

export type Change = (more: Partial<FlameView>) => void;

interface Given {
  readonly view: FlameView;
  readonly compares: boolean;
  readonly found: Found | undefined;
  readonly change: Change;
}

export function Tools({ view, compares, found, change }: Given) {
  return (
    <div className="tools">
      <label className="check">
        By
        <select
          value={view.measure}
          onChange={(event) => {
            const measure = flameMeasures.find((name) => name === event.target.value);
            if (measure) change({ measure });
          }}
        >
          {flameMeasures.map((measure) => (
            <option key={measure} value={measure}>
              {compares ? measureWords[measure].compared : measureWords[measure].name}
            </option>
          ))}
        </select>
      </label>
      <input
        type="search"
        aria-label="Find a function or a file"
        placeholder="Find a function or a file"
        value={view.find}
        onChange={(event) => change({ find: event.target.value })}
      />
      <span className="quiet" role="status">
        {found &&
          (found.functions === 0
            ? "nothing found"
            : `${counted(found.functions, "function", "functions")}, ${fraction(found.part)}`)}
      </span>
      {view.of === undefined && (
        <label className="check">
          <input
            type="checkbox"
            checked={view.inverted}
            onChange={(event) => change({ inverted: event.target.checked })}
          />
          Innermost call first
        </label>
      )}
      <label className="check">
        <input type="checkbox" checked={view.own} onChange={(event) => change({ own: event.target.checked })} />
        Without Python’s own frames
      </label>
      <label className="check">
        <input type="checkbox" checked={view.flat} onChange={(event) => change({ flat: event.target.checked })} />
        Without recursion
      </label>
    </div>
  );
}
