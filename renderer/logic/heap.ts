// Snapshots, sets and objects of a heap in; how a screen says them out. Next: views/snapshot, views/why.
import type { HeapObject } from "../../shared/heap-views.ts";
import { counted } from "./format.ts";
import type { HeapSet } from "./heap-route.ts";

export const stateTags: Readonly<
  Record<HeapObject["state"], { readonly name: string; readonly meaning: "leak" | "held" | undefined }>
> = {
  lost: { name: "✗ lost", meaning: "leak" },
  held: { name: "? held by C", meaning: "held" },
  perhaps: { name: "~ perhaps reached", meaning: undefined },
  reached: { name: "reached", meaning: undefined },
};

export const setWords: Readonly<Record<HeapSet, string>> = {
  all: "all objects",
  unexplained: "with references that nothing explains",
  unreachable: "alive, though no root reaches them",
  held: "no root reaches them, but something unseen holds them",
  lost: "held by nothing but lost objects",
  new: "new since the earlier snapshot",
  survived: "in both snapshots",
  dead: "gone since the earlier snapshot",
};
const comparedSets: readonly HeapSet[] = ["new", "survived", "dead"];
export const isCompared = (set: HeapSet): boolean => comparedSets.includes(set);

/** The snapshot to compare with, where none is named: the one before, else any other. */
export function earlierThan(taken: readonly { readonly id: number }[], id: number): number | undefined {
  return (taken.findLast((other) => other.id < id) ?? taken.find((other) => other.id !== id))?.id;
}

export const objectsWords = (count: number): string => counted(count, "object", "objects");

/** ▲ more, ▼ fewer, = as many: told apart without colour. */
export const glyphOf = (change: number): string => (change > 0 ? "▲" : change < 0 ? "▼" : "=");
