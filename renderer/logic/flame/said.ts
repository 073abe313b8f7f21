// A tree and a node in, what is said of it in words and numbers out. Next: views/flame.
import type { FlameMeasure } from "../../../shared/flame.ts";
import { originOf } from "../../../shared/origin.ts";
import { visible } from "../escape.ts";
import { code, type Part, place, type Sentence, words } from "../finding.ts";
import { byteGrowth, bytes, count, fraction, growth } from "../format.ts";
import { childrenOf, frameOf, type Tree } from "./tree.ts";

export const measureWords = {
  bytes: { name: "Live bytes", of: "alive", compared: "Live bytes, by seconds recorded" },
  objects: { name: "Live objects", of: "alive", compared: "Live objects, by seconds recorded" },
  allocated: { name: "Allocated", of: "allocated", compared: "Allocated a second" },
  growth: { name: "Growth", of: "more every second", compared: "Growth" },
} as const satisfies Record<FlameMeasure, unknown>;

export const originWords = { program: "program", package: "package", standard: "Python" } as const;

/** What numbers of a tree are written with. */
export interface Unit {
  readonly measure: FlameMeasure;
  readonly compares: boolean;
}

export function amount({ measure, compares }: Unit, value: number): string {
  if (measure === "growth" || (compares && measure === "bytes")) return byteGrowth(value).replace(/^\+/, "");
  if (compares) return growth(value).replace(/^\+/, "");
  return measure === "bytes" ? bytes(value) : `${count(value)} ${value === 1 ? "object" : "objects"}`;
}

/** Sums of the same numbers in another order differ by no more. */
const sumsLeave = 1e-9;

/** ▲ +1.2 KiB/s, ▼ −3 /s, = */
export function difference(unit: Unit, value: number): string {
  if (Math.abs(value) < sumsLeave) return "=";
  const text = amount(unit, Math.abs(value));
  return value > 0 ? `▲ +${text}` : `▼ −${text}`;
}

export function nameOf(tree: Tree, node: number): Part {
  const frame = frameOf(tree, node);
  return frame ? code(frame.function) : words("everything");
}

/** `parse · decoder.py:353` */
export function whereOf(tree: Tree, node: number): Sentence {
  const frame = frameOf(tree, node);
  if (!frame) return [words("everything")];
  return [code(frame.function), words(` · ${place(frame.file, tree.line[node] || null)}`)];
}

export const originAt = (tree: Tree, node: number) => {
  const frame = frameOf(tree, node);
  return frame && originOf(frame.file);
};

export function saidOf(tree: Tree, node: number, unit: Unit): Sentence {
  const [total, whole] = [tree.total[node] ?? 0, tree.total[0] ?? 0];
  const itself = tree.self[node] ?? 0;
  const own = itself > 0 && itself < total ? `, ${amount(unit, itself)} of it by itself` : "";
  if (!tree.baseTotal) {
    const part = node === 0 || whole <= 0 ? "" : `, ${fraction(total / whole)} of all`;
    return [...whereOf(tree, node), words(`: ${amount(unit, total)}${part}${own}.`)];
  }
  const before = tree.baseTotal[node] ?? 0;
  const change = difference(unit, total - before);
  return [
    ...whereOf(tree, node),
    words(`: ${amount(unit, before)} in A, ${amount(unit, total)} in B, ${change === "=" ? "no difference" : change}.`),
  ];
}

/** One sentence for the whole picture: how much there is, and the last frame that most of it comes through. */
export function headlineOf(tree: Tree, unit: Unit, inside = false): Sentence {
  const whole = tree.total[0] ?? 0;
  const { of } = measureWords[unit.measure];
  const weights = tree.apart ?? tree.total;
  // The other way round the first frame is the one that allocates.
  const neck = inside ? firstOf(tree, neckOf(tree, weights)) : neckOf(tree, weights);
  const how = inside ? "is allocated by" : "comes through";
  if (tree.baseTotal) {
    const said = `${amount(unit, tree.baseTotal[0] ?? 0)} in A, ${amount(unit, whole)} in B`;
    if (neck === 0) return [words(`${said}.`)];
    return [words(`${said}; most of the difference ${how} `), ...whereOf(tree, neck), words(".")];
  }
  const all = `${amount(unit, whole)} ${of}`;
  if (neck === 0) return [words(`${all}; no one function has most of it.`)];
  const part = fraction((tree.total[neck] ?? 0) / whole);
  return [words(`${all}; ${part} ${how} `), ...whereOf(tree, neck), words(".")];
}

function firstOf(tree: Tree, node: number): number {
  let at = node;
  while ((tree.depth[at] ?? 0) > 1) at = tree.parent[at] ?? 0;
  return at;
}

/** Down the widest way as long as it has more than half of everything. */
export function neckOf(tree: Tree, weights: Float64Array): number {
  const half = (weights[0] ?? 0) / 2;
  let node = 0;
  for (;;) {
    const next = childrenOf(tree, node).find((child) => (weights[child] ?? 0) > half);
    if (next === undefined) return node;
    node = next;
  }
}

/** What stands in a box: as much of it as there is room for. */
export function labelOf(tree: Tree, node: number, unit: Unit): string {
  const frame = frameOf(tree, node);
  const name = frame ? visible(frame.function, 80) : `all · ${amount(unit, tree.total[0] ?? 0)}`;
  if (!tree.baseTotal) return name;
  const change = difference(unit, (tree.total[node] ?? 0) - (tree.baseTotal[node] ?? 0));
  return change === "=" ? name : `${change.slice(0, 1)} ${name}`;
}

/** From −1, all of it gone, to 1, all of it new. */
export function tilt(tree: Tree, node: number): number {
  const [before, after] = [tree.baseTotal?.[node] ?? 0, tree.total[node] ?? 0];
  const larger = Math.max(before, after);
  return larger <= 0 ? 0 : (after - before) / larger;
}
