// Letters in; which frames have them in their name or file, and how much of everything they are, out. Next: views/flame.
import type { FlameFrame } from "../../../shared/flame.ts";
import type { Tree } from "./tree.ts";

export interface Found {
  /** By frame. */
  readonly isFound: Uint8Array;
  readonly functions: number;
  /** Of the whole tree; a frame within another that was found is counted once. */
  readonly part: number;
}

/** Undefined where nothing is looked for. */
export function search(tree: Tree, weights: Float64Array, letters: string): Found | undefined {
  const wanted = letters.trim().toLowerCase();
  if (wanted === "") return undefined;
  const isFound = Uint8Array.from(tree.frames, (frame) => (textOf(frame).includes(wanted) ? 1 : 0));
  const seen = new Set<number>();
  const isWithin = new Uint8Array(tree.length);
  let weight = 0;
  for (let node = tree.isOne ? 0 : 1; node < tree.length; node++) {
    const frame = tree.frame[node] ?? 0;
    const above = node > 0 && isWithin[tree.parent[node] ?? 0] === 1;
    if (isFound[frame] === 1) {
      seen.add(frame);
      if (!above) weight += weights[node] ?? 0;
    }
    isWithin[node] = above || isFound[frame] === 1 ? 1 : 0;
  }
  const whole = weights[0] ?? 0;
  return { isFound, functions: seen.size, part: whole > 0 ? weight / whole : 0 };
}

const textOf = ({ function: name, file }: FlameFrame): string => `${name}\n${file}`.toLowerCase();
