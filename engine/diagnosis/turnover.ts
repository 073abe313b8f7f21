// Heap graphs in their order and groups of sites in; whether what each group gained only took the place of older objects, out: their making was
// not recorded, so the growth alone does not show that they go. Next: signs.ts.
import { type HeapGraph, heapFlag } from "../analysis/heap/heap-graph.ts";
import { type Group, groupsOf } from "./standing.ts";

/** Of one graph: objects of each group, and older ones of the group's type. */
export interface Tally {
  readonly fresh: readonly number[];
  readonly old: readonly number[];
}

export function tallyOf(graph: HeapGraph, groups: readonly Group[]): Tally {
  const groupOf = groupsOf(graph, groups);
  const fresh = groups.map(() => 0);
  const oldOfType = new Map<string, number>();
  const names = graph.typeList.map(({ name }) => name);
  for (let node = 0; node < graph.count; node++) {
    const group = groupOf[node] ?? -1;
    if (group >= 0) fresh[group] = (fresh[group] ?? 0) + 1;
    else if (graph.sites[node] === 0 && ((graph.flags[node] ?? 0) & heapFlag.immortal) === 0) {
      const name = names[graph.types[node] ?? 0] ?? "?";
      oldOfType.set(name, (oldOfType.get(name) ?? 0) + 1);
    }
  }
  return { fresh, old: groups.map(({ type }) => oldOfType.get(type ?? "") ?? 0) };
}

/** This part of the new ones stands for older ones that went. */
const nearlyAll = 0.6;

/** True for each group whose new objects replace old ones. */
export function replaced(tallies: readonly Tally[]): readonly boolean[] {
  const [first, last] = [tallies[0], tallies.at(-1)];
  if (!first || !last || first === last) return [];
  const went = first.old.map((old, group) => old - (last.old[group] ?? 0));
  const came = first.fresh.map((fresh, group) => (last.fresh[group] ?? 0) - fresh);
  return came.map((more, group) => more > 0 && (went[group] ?? 0) >= nearlyAll * more);
}
