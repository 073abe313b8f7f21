// A tree in; the same without Python's own frames, without recursion, the other way round, or around one function, out. Next: tree.ts.
import type { FlameFrame } from "../../../shared/flame.ts";
import { originOf } from "../../../shared/origin.ts";
import type { Columns, Tree } from "./tree.ts";

class Shape implements Columns {
  readonly frames: readonly FlameFrame[];
  readonly parent: number[] = [0];
  readonly frame: number[];
  readonly line: number[] = [0];
  readonly self: number[] = [0];
  readonly isOne: boolean;
  readonly #base: number[] = [0];
  readonly #compares: boolean;
  readonly #children = new Map<number, number>();

  constructor({ frames, base }: Columns, one?: number) {
    this.frames = frames;
    this.frame = [one ?? 0];
    this.isOne = one !== undefined;
    this.#compares = base !== undefined;
  }

  get base(): readonly number[] | undefined {
    return this.#compares ? this.#base : undefined;
  }

  child(parent: number, frame: number, line: number): number {
    const id = parent * this.frames.length + frame;
    const known = this.#children.get(id);
    if (known !== undefined) return known;
    const node = this.parent.push(parent) - 1;
    this.frame.push(frame);
    this.line.push(line);
    this.self.push(0);
    this.#base.push(0);
    this.#children.set(id, node);
    return node;
  }

  /** The line of the root, where it is one function: the first that is known. */
  stand(line: number): void {
    this.line[0] ||= line;
  }

  add(node: number, self: number, base: number): void {
    this.self[node] = (this.self[node] ?? 0) + self;
    this.#base[node] = (this.#base[node] ?? 0) + base;
  }
}

/** What they allocated counts for whoever called them. */
export function withoutStandard(tree: Columns): Columns {
  const isOut = tree.frames.map(({ file }) => originOf(file) === "standard");
  const shape = new Shape(tree);
  const places = new Int32Array(tree.parent.length);
  for (let node = 0; node < tree.parent.length; node++) {
    const frame = tree.frame[node] ?? 0;
    const above = places[tree.parent[node] ?? 0] ?? 0;
    const place = node === 0 || isOut[frame] ? above : shape.child(above, frame, tree.line[node] ?? 0);
    places[node] = place;
    shape.add(place, tree.self[node] ?? 0, tree.base?.[node] ?? 0);
  }
  return shape;
}

/** A function that is called within itself stands once: what the inner call does counts for the outer one. */
export function flattened(tree: Columns): Columns {
  const shape = new Shape(tree);
  const places = new Int32Array(tree.parent.length);
  for (let node = 0; node < tree.parent.length; node++) {
    const frame = tree.frame[node] ?? 0;
    const above = places[tree.parent[node] ?? 0] ?? 0;
    const place = node === 0 ? 0 : (outerCall(shape, above, frame) ?? shape.child(above, frame, tree.line[node] ?? 0));
    places[node] = place;
    shape.add(place, tree.self[node] ?? 0, tree.base?.[node] ?? 0);
  }
  return shape;
}

function outerCall({ frame, parent }: Shape, from: number, called: number): number | undefined {
  for (let node = from; node > 0; node = parent[node] ?? 0) if (frame[node] === called) return node;
  return undefined;
}

/** The frame that allocated stands outermost, who called it below. */
export function inverted(tree: Columns): Columns {
  const shape = new Shape(tree);
  for (let node = 0; node < tree.parent.length; node++) {
    const [self, base] = [tree.self[node] ?? 0, tree.base?.[node] ?? 0];
    if (self !== 0 || base !== 0) shape.add(upwards(shape, tree, node), self, base);
  }
  return shape;
}

function upwards(shape: Shape, tree: Columns, from: number): number {
  let at = 0;
  for (let node = from; node > 0; node = tree.parent[node] ?? 0)
    at = shape.child(at, tree.frame[node] ?? 0, tree.line[node] ?? 0);
  return at;
}

/** What a function calls, wherever it is called from. A call of it within itself stays below it, and is counted once. */
export function calledBy(tree: Columns, one: number): Columns {
  const shape = new Shape(tree, one);
  const places = new Int32Array(tree.parent.length).fill(-1);
  for (let node = 1; node < tree.parent.length; node++) {
    const frame = tree.frame[node] ?? 0;
    const above = places[tree.parent[node] ?? 0] ?? -1;
    if (above < 0 && frame !== one) continue;
    if (above < 0) shape.stand(tree.line[node] ?? 0);
    const place = above < 0 ? 0 : shape.child(above, frame, tree.line[node] ?? 0);
    places[node] = place;
    shape.add(place, tree.self[node] ?? 0, tree.base?.[node] ?? 0);
  }
  return shape;
}

/** Who calls a function, the nearest first. */
export function callersOf(tree: Tree, one: number): Columns {
  const shape = new Shape(tree, one);
  const isWithin = new Uint8Array(tree.length);
  for (let node = 1; node < tree.length; node++) {
    const up = tree.parent[node] ?? 0;
    const isOne = tree.frame[node] === one;
    isWithin[node] = isOne || isWithin[up] === 1 ? 1 : 0;
    if (!isOne || isWithin[up] === 1) continue;
    shape.stand(tree.line[node] ?? 0);
    shape.add(upwards(shape, tree, up), tree.total[node] ?? 0, tree.baseTotal?.[node] ?? 0);
  }
  return shape;
}

/** Index of a function's frame; undefined where the recording does not have it. */
export function frameIndex({ frames }: Columns, one: FlameFrame): number | undefined {
  const at = frames.findIndex(({ function: name, file }) => name === one.function && file === one.file);
  return at < 0 ? undefined : at;
}
