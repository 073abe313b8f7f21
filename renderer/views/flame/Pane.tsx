// One tree in; its graph with what is chosen, zoomed and pointed at, and that in a sentence, out. Used by Stacks.tsx.
import { useId, useMemo, useState } from "react";
import type { FlameFrame } from "../../../shared/flame.ts";
import { nodeName, nodeNamed } from "../../logic/flame/node-name.ts";
import { saidOf, type Unit } from "../../logic/flame/said.ts";
import type { Found } from "../../logic/flame/search.ts";
import { nodeAt, pathTo, type Tree } from "../../logic/flame/tree.ts";
import { Said } from "../../parts/Words.tsx";
import { Graph } from "./Graph.tsx";

interface Given {
  readonly label: string;
  readonly tree: Tree;
  readonly weights: Float64Array;
  readonly unit: Unit;
  readonly found: Found | undefined;
  readonly upside?: boolean;
  /** What fills the width, by its name; undefined for all of it. */
  readonly zoom: string | undefined;
  readonly enter: (zoom: string | undefined) => void;
  /** Told of what is chosen. */
  readonly tell: (tree: Tree, node: number) => void;
}
type Path = readonly FlameFrame[];

export function Pane({ label, tree, weights, unit, found, upside = false, zoom: name, enter, tell }: Given) {
  const described = useId();
  // By names, so that they stand when the tree is another: more was recorded, or some of it is hidden.
  const zoomed = useMemo(() => nodeNamed(label, tree, name), [label, tree, name]);
  const [chosenPath, setChosen] = useState<Path>(() => pathTo(tree, zoomed));
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const chosen = useMemo(() => nodeAt(tree, chosenPath), [tree, chosenPath]);
  const choose = (node: number) => {
    setChosen(pathTo(tree, node));
    tell(tree, node);
  };
  const zoom = (node: number) => {
    if (node !== zoomed) enter(node === 0 ? undefined : nodeName(label, tree, node));
  };
  const shown = pointed !== undefined && pointed < tree.length ? pointed : chosen;
  return (
    <>
      <Graph
        {...{ label, described, tree, weights, unit, found, upside, chosen, zoomed, choose, zoom }}
        point={setPointed}
      />
      <div className="between">
        <p className="quiet flame-said" aria-hidden="true">
          <Said sentence={saidOf(tree, shown, unit)} />
        </p>
        {zoomed > 0 && (
          <button type="button" className="small" onClick={() => zoom(0)}>
            Show all <kbd>Esc</kbd>
          </button>
        )}
      </div>
      <p className="heard" id={described} role="status">
        <Said sentence={saidOf(tree, chosen, unit)} />
      </p>
    </>
  );
}
