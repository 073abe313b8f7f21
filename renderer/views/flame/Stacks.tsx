// The stacks of one recording or of two, and how they are shown, in; the graph, or the sandwich of one function, its table and the chosen frame out. Used by Flame.tsx, views/compare.
import { type ReactNode, useMemo, useState } from "react";
import type { Flame, FlameFrame } from "../../../shared/flame.ts";
import type { Width } from "../../logic/compared-route.ts";
import type { FlameView, OneFunction } from "../../logic/evidence-route.ts";
import { amount, headlineOf, type Unit } from "../../logic/flame/said.ts";
import { search } from "../../logic/flame/search.ts";
import { calledBy, callersOf, flattened, frameIndex, inverted, withoutStandard } from "../../logic/flame/shapes.ts";
import { columnsOf, type Tree, treeOf, weightsOf } from "../../logic/flame/tree.ts";
import { count } from "../../logic/format.ts";
import { Empty, Note } from "../../parts/States.tsx";
import { Said, Words } from "../../parts/Words.tsx";
import { Chosen } from "./Chosen.tsx";
import { Legend } from "./Legend.tsx";
import { Pane } from "./Pane.tsx";
import { type Change, Tools } from "./Tools.tsx";
import { Twin } from "./Twin.tsx";

interface Given {
  readonly flame: Flame;
  readonly view: FlameView;
  readonly change: Change;
  /** As `change`, and Back comes back from it. */
  readonly step: Change;
  readonly width?: Width;
  readonly source: (frame: FlameFrame, line: number | null) => ReactNode;
  /** More controls, beside ours. */
  readonly tools?: ReactNode;
}

export function Stacks({ flame, view, change, step, width = "b", source, tools }: Given) {
  const { own, flat, of, zoom } = view;
  const compares = flame.base !== null;
  const unit: Unit = { measure: flame.measure, compares };
  const tree = useMemo(() => {
    const columns = columnsOf(flame);
    const wanted = own ? withoutStandard(columns) : columns;
    return treeOf(flat ? flattened(wanted) : wanted);
  }, [flame, own, flat]);
  const weights = useMemo(() => weightsOf(tree, width), [tree, width]);
  const found = useMemo(() => search(tree, weights, view.find), [tree, weights, view.find]);
  const look = (one: OneFunction) => step({ of: one, zoom: undefined });
  const enter = (name: string | undefined) => step({ zoom: name });
  const parts = { tree, width, unit, find: view.find, source, look, zoom, enter };
  return (
    <>
      <Tools view={view} compares={compares} found={found} change={change} />
      {tools}
      <Left flame={flame} unit={unit} />
      {(weights[0] ?? 0) <= 0 ? (
        <Empty title="Nothing of it was recorded">
          <p className="quiet">No stack weighs anything by this measure. Choose another, or record longer.</p>
        </Empty>
      ) : of ? (
        <Sandwich {...parts} of={of} leave={() => step({ of: undefined, zoom: undefined })} />
      ) : (
        <Whole {...parts} inside={view.inverted} isShaped={own || flat || compares} />
      )}
    </>
  );
}

interface PartGiven {
  readonly tree: Tree;
  readonly width: Width;
  readonly unit: Unit;
  readonly find: string;
  readonly source: Given["source"];
  readonly look: (of: OneFunction) => void;
  readonly zoom: string | undefined;
  readonly enter: (zoom: string | undefined) => void;
}
interface Choice {
  readonly tree: Tree;
  readonly node: number;
}

interface WholeGiven extends PartGiven {
  readonly inside: boolean;
  /** Other than the heading of the screen tells it. */
  readonly isShaped: boolean;
}
function Whole({ tree: outside, inside, isShaped, width, unit, find, source, look, ...zooming }: WholeGiven) {
  const tree = useMemo(() => (inside ? treeOf(inverted(outside)) : outside), [outside, inside]);
  const weights = useMemo(() => weightsOf(tree, width), [tree, width]);
  const found = useMemo(() => search(tree, weights, find), [tree, weights, find]);
  const [choice, setChoice] = useState<Choice | undefined>(undefined);
  const tell = (of: Tree, node: number) => setChoice({ tree: of, node });
  return (
    <>
      <figure className="card pad" aria-label="Flame graph">
        <div className="between">
          <p>{(inside || isShaped) && <Said sentence={headlineOf(tree, unit, inside)} />}</p>
          <Legend compares={unit.compares} />
        </div>
        <Pane key={String(inside)} label="Stacks" {...{ tree, weights, unit, found, tell }} {...zooming} />
      </figure>
      {choice?.tree === tree && <Chosen {...choice} {...{ unit, look, source }} />}
      <Twin
        key={`${inside}`}
        label="Stacks as table"
        {...{ tree, weights, unit }}
        choose={(node) => tell(tree, node)}
      />
    </>
  );
}

interface SandwichGiven extends PartGiven {
  readonly of: OneFunction;
  readonly leave: () => void;
}
function Sandwich({ tree, of, leave, width, unit, find, source, look, ...zooming }: SandwichGiven) {
  const [choice, setChoice] = useState<Choice | undefined>(undefined);
  const { function: name, file } = of;
  const halves = useMemo(() => {
    const one = frameIndex(tree, { function: name, file });
    if (one === undefined) return undefined;
    return { callers: treeOf(callersOf(tree, one)), called: treeOf(calledBy(tree, one)) };
  }, [tree, name, file]);
  const back = (
    <button type="button" onClick={leave}>
      All stacks
    </button>
  );
  if (!halves)
    return (
      <Empty title="That function is in no stack here">
        <p className="quiet">
          <Words text={name} max={80} /> allocated nothing by this measure, or is hidden.
        </p>
        <div className="row">{back}</div>
      </Empty>
    );
  const { callers, called } = halves;
  const tell = (from: Tree, node: number) => setChoice({ tree: from, node });
  const pane = (half: Tree) => {
    const weights = weightsOf(half, width);
    return { tree: half, weights, unit, found: search(half, weights, find), tell, ...zooming };
  };
  const shown = choice?.tree === callers || choice?.tree === called ? choice : { tree: called, node: 0 };
  return (
    <>
      <figure className="card pad" aria-label="Callers and called">
        <div className="between">
          <p>
            <Said sentence={headlineOf(called, unit)} />
          </p>
          {back}
        </div>
        <h2>Who calls it</h2>
        <Pane label="Callers" upside {...pane(callers)} />
        <h2>What it calls</h2>
        <Pane label="Called" {...pane(called)} />
      </figure>
      <Chosen {...shown} {...{ unit, look, source, of }} />
      <Twin
        label="Callers as table"
        {...{ tree: callers, weights: weightsOf(callers, width), unit }}
        choose={(node) => tell(callers, node)}
      />
      <Twin
        label="Called as table"
        {...{ tree: called, weights: weightsOf(called, width), unit }}
        choose={(node) => tell(called, node)}
      />
    </>
  );
}

/** What the picture does not have. */
function Left({ flame: { left }, unit }: { readonly flame: Flame; readonly unit: Unit }) {
  if (left.stacks === 0) return null;
  const text = `${count(left.stacks)} stacks, ${amount(unit, left.weight)} together, have no room in the picture.`;
  return <Note title="The lightest are left out" text={text} />;
}
