// Stacks with their weights, of one recording or of two, in; one tree in columns out. Next: flame-stacks.ts makes them, engine/queries-flame.ts asks.
import type { Frame } from "../../shared/documents.ts";
import { type FlameFrame, mostNodes } from "../../shared/flame.ts";
import { baseName, portableFile } from "../compare/identity.ts";

export interface WeighedStack {
  /** Innermost first. */
  readonly frames: readonly Frame[];
  readonly weight: number;
}
export interface FlameTree {
  readonly frames: FlameFrame[];
  readonly parent: number[];
  readonly frame: number[];
  readonly line: number[];
  readonly self: number[];
  readonly base: number[] | null;
  readonly left: { readonly stacks: number; readonly weight: number };
}

interface Entry {
  readonly frames: readonly Frame[];
  readonly weight: number;
  readonly isBase: boolean;
}

/** `base`: of the other recording, which this one is compared with. `most`: nodes. */
export function flameTree(
  stacks: readonly WeighedStack[],
  base?: readonly WeighedStack[],
  most: number = mostNodes,
): FlameTree {
  const entries = [...entriesOf(stacks, false), ...entriesOf(base ?? [], true)].sort((a, b) => b.weight - a.weight);
  const { frames, indexOf } = base ? sharedFrames(stacks, base) : ownFrames(stacks);
  const tree = new Growing(frames.length, most);
  let [left, weight] = [0, 0];
  for (const entry of entries) {
    if (tree.add(entry, indexOf)) continue;
    left++;
    weight += entry.weight;
  }
  const { parent, frame, line, self, other } = tree;
  return { frames, parent, frame, line, self, base: base ? other : null, left: { stacks: left, weight } };
}

const entriesOf = (stacks: readonly WeighedStack[], isBase: boolean): readonly Entry[] =>
  stacks.filter(({ weight }) => weight > 0).map(({ frames, weight }) => ({ frames, weight, isBase }));

class Growing {
  readonly parent: number[] = [0];
  readonly frame: number[] = [0];
  readonly line: number[] = [0];
  readonly self: number[] = [0];
  readonly other: number[] = [0];
  readonly #frames: number;
  readonly #most: number;
  readonly #children = new Map<number, number>();

  constructor(frames: number, most: number) {
    this.#frames = frames;
    this.#most = most;
  }

  /** False where it has no room left. */
  add({ frames, weight, isBase }: Entry, indexOf: (frame: Frame) => number): boolean {
    let node = 0;
    for (const one of frames.toReversed()) {
      const next = this.#child(node, indexOf(one), one.line ?? 0);
      // What was begun of it stays, and weighs nothing.
      if (next === undefined) return false;
      node = next;
    }
    const sums = isBase ? this.other : this.self;
    sums[node] = (sums[node] ?? 0) + weight;
    return true;
  }

  /** The heaviest stacks come first, so a node's line is theirs. */
  #child(parent: number, frame: number, line: number): number | undefined {
    const id = parent * this.#frames + frame;
    const known = this.#children.get(id);
    if (known !== undefined) return known;
    if (this.parent.length >= this.#most) return undefined;
    const node = this.parent.push(parent) - 1;
    this.frame.push(frame);
    this.line.push(line);
    this.self.push(0);
    this.other.push(0);
    this.#children.set(id, node);
    return node;
  }
}

interface Frames {
  readonly frames: FlameFrame[];
  readonly indexOf: (frame: Frame) => number;
}

const idOf = (...parts: readonly string[]): string => parts.join("\0");
const exact = ({ function: name, file }: FlameFrame): string => idOf(name, file);
const near = ({ function: name, file }: FlameFrame): string => idOf(name, portableFile(file));
const far = ({ function: name, file }: FlameFrame): string => idOf(name, baseName(file));

const ownFrames = (stacks: readonly WeighedStack[]): Frames => inOrder(distinct(stacks), exact);

/** A file is the same in both where its portable path is; else where its name is, and only one recording has such a path. */
function sharedFrames(a: readonly WeighedStack[], b: readonly WeighedStack[]): Frames {
  const [ofA, ofB] = [distinct(a), distinct(b)];
  const [nearA, nearB] = [new Set(ofA.map(near)), new Set(ofB.map(near))];
  const inBoth = (frame: FlameFrame) => nearA.has(near(frame)) && nearB.has(near(frame));
  return inOrder([...ofA, ...ofB], (frame) => (inBoth(frame) ? idOf("near", near(frame)) : idOf("far", far(frame))));
}

function distinct(stacks: readonly WeighedStack[]): readonly FlameFrame[] {
  const known = new Map<string, FlameFrame>();
  for (const { frames } of stacks)
    for (const { function: name, file } of frames) known.set(idOf(name, file), { function: name, file });
  return [...known.values()];
}

/** By name, then by what of the path is the same on every machine. */
function inOrder(frames: readonly FlameFrame[], identity: (frame: FlameFrame) => string): Frames {
  const firsts = new Map<string, FlameFrame>();
  for (const frame of frames) if (!firsts.has(identity(frame))) firsts.set(identity(frame), frame);
  const sorted = [...firsts].sort(([, x], [, y]) => byText(near(x), near(y)) || byText(x.file, y.file));
  const places = new Map(sorted.map(([id], at) => [id, at]));
  const remembered = new Map<string, number>();
  return {
    frames: sorted.map(([, frame]) => frame),
    indexOf: (frame) => {
      const id = exact(frame);
      const at = remembered.get(id) ?? places.get(identity(frame)) ?? 0;
      remembered.set(id, at);
      return at;
    },
  };
}

/** Not as a language sorts: the same on every machine. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
