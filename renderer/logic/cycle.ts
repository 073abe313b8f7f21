// A cycle in; its objects on a circle and the edges between them, with the one that breaks it, out. Next: views/why/CycleGraph.tsx.
import type { HeapStep, WhyDocument } from "../../shared/heap-views.ts";

type Cycle = NonNullable<WhyDocument["cycle"]>;
interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Drawn {
  readonly nodes: readonly (Point & {
    readonly step: HeapStep;
    readonly own: boolean;
    /** Where its type stands: outside of the circle. */
    readonly name: Point & { readonly side: "left" | "middle" | "right" };
  })[];
  readonly edges: readonly {
    readonly from: Point;
    readonly to: Point;
    /** Where its words stand: a little outside. */
    readonly label: Point;
    readonly words: string;
    readonly breaks: boolean;
  }[];
}

export const cycleSize = { width: 520, height: 300, node: 26 } as const;
/** Of a longer one the words say it better. */
export const mostDrawn = 10;

/** Undefined where there are too many to draw. The last step is the object itself again. */
export function drawnCycle({ steps, breaks }: Cycle): Drawn | undefined {
  const count = steps.length - 1;
  if (count < 1 || count > mostDrawn) return undefined;
  const { width, height, node } = cycleSize;
  const on = (turn: number, more = 0): Point => ({
    x: width / 2 + Math.cos(turn) * (width / 2 - 130 + more),
    y: height / 2 + Math.sin(turn) * (height / 2 - 46 + more),
  });
  const turnOf = (at: number) => (at / count) * 2 * Math.PI - Math.PI / 2;
  const nodes = steps.slice(0, count).map((step, at) => {
    const [turn, place] = [turnOf(at), on(turnOf(at))];
    const [aside, down] = [Math.cos(turn), Math.sin(turn)];
    const side = Math.abs(aside) < 0.3 ? ("middle" as const) : aside > 0 ? ("right" as const) : ("left" as const);
    const name = { x: place.x + aside * node, y: place.y + down * (node + 6) + 4, side };
    return { ...place, step, own: at === 0, name };
  });
  const edges = nodes.flatMap((source, at) => {
    const [target, step] = [nodes[(at + 1) % count], steps[at + 1]];
    if (!target || !step) return [];
    const [from, to] = [towards(source, target, node), towards(target, source, node)];
    const label = count === 1 ? on(turnOf(0), 40) : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    return [{ from, to, label, words: step.edge, breaks: at + 1 === breaks }];
  });
  return { nodes, edges };
}

/** Edges end at the rim of a node. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance };
}
