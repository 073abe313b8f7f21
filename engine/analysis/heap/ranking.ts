// Indices and a value for each in; the part of them, largest value first, that a page shows, out. Three million are not sorted for a hundred. Next: objects.ts.

export function ranked(
  nodes: Uint32Array,
  value: (node: number) => number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): readonly number[] {
  const wanted = Math.min(nodes.length, offset + limit);
  if (wanted === 0) return [];
  const values = new Float64Array(nodes.length);
  for (let at = 0; at < nodes.length; at++) values[at] = value(nodes[at] ?? 0);
  const least = values.slice().sort()[nodes.length - wanted] ?? 0;
  const above: number[] = [];
  const equal: number[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const own = values[at] ?? 0;
    if (own > least) above.push(nodes[at] ?? 0);
    else if (own === least && equal.length < wanted) equal.push(nodes[at] ?? 0);
  }
  return [...above.sort((a, b) => value(b) - value(a) || a - b), ...equal].slice(offset, wanted);
}

/** Indices from 0 on for which `is` holds. */
export function indicesWhere(count: number, is: (node: number) => boolean): Uint32Array {
  const found = new Uint32Array(count);
  let length = 0;
  for (let node = 0; node < count; node++) if (is(node)) found[length++] = node;
  return found.slice(0, length);
}
