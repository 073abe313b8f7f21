// A frame in, what names its place in any recording of the program out; two lists of places in, pairs of the same place out.
// Next: comparison.ts.
import type { Frame } from "../../shared/documents.ts";

/** Lines move when code above them changes: within this, the same function's line is the same place. */
const lineTolerance = 25;

/**
 * A path from where it means the same on every machine: below site-packages, below the standard library, else its last two names.
 * Paths of another build's tag (`.cpython-311-x86_64-linux-gnu.so`) lose the tag.
 */
export function portableFile(file: string): string {
  const plain = file.replace(/\.(?:cpython-[^/]*|abi3)\.so$/, ".so").replaceAll("\\", "/");
  const packaged = /(?:site|dist)-packages\/(.+)$/.exec(plain)?.[1];
  if (packaged !== undefined) return packaged;
  const standard = /\/lib\/python3\.\d+\/(.+)$/.exec(plain)?.[1];
  if (standard !== undefined) return `python/${standard}`;
  return plain.split("/").slice(-2).join("/");
}
export const baseName = (file: string): string => file.split("/").at(-1) ?? file;

/** A function without a symbol is told apart by its module alone: addresses are of one build. */
const portableFunction = (name: string): string => (/^(?:\+|0x)/.test(name) ? "?" : name);

export interface Place {
  readonly type: string | null;
  readonly domain: string;
  readonly frame: Frame | undefined;
}

/** The same for what is the same place, but for its line. */
function nearId({ type, domain, frame }: Place): string {
  const [name, file] = [portableFunction(frame?.function ?? ""), portableFile(frame?.file ?? "")];
  return JSON.stringify([type, domain, name, file]);
}
/** Also when the folder has another name. */
function farId({ type, domain, frame }: Place): string {
  return JSON.stringify([type, domain, portableFunction(frame?.function ?? ""), baseName(frame?.file ?? "")]);
}

export interface Pair<T> {
  readonly a: T | undefined;
  readonly b: T | undefined;
}

/** Every place once: paired by file and nearest line, then by the file's own name, else alone. */
export function pairPlaces<T extends { readonly place: Place }>(a: readonly T[], b: readonly T[]): readonly Pair<T>[] {
  const near = pairBy(a, b, nearId);
  const far = pairBy(near.onlyA, near.onlyB, farId);
  return [
    ...near.pairs,
    ...far.pairs,
    ...far.onlyA.map((row) => ({ a: row, b: undefined })),
    ...far.onlyB.map((row) => ({ a: undefined, b: row })),
  ];
}

interface Paired<T> {
  readonly pairs: readonly Pair<T>[];
  readonly onlyA: readonly T[];
  readonly onlyB: readonly T[];
}

function pairBy<T extends { readonly place: Place }>(
  a: readonly T[],
  b: readonly T[],
  idOf: (place: Place) => string,
): Paired<T> {
  const groups = Map.groupBy(b, ({ place }) => idOf(place));
  const parts = [...Map.groupBy(a, ({ place }) => idOf(place))].map(([id, rows]) =>
    pairLines(rows, groups.get(id) ?? []),
  );
  const pairs = parts.flat();
  const taken = new Set(pairs.flatMap((pair) => [pair.a, pair.b]));
  return { pairs, onlyA: a.filter((row) => !taken.has(row)), onlyB: b.filter((row) => !taken.has(row)) };
}

/** As many lines on both sides are the same lines in their order; else each takes the nearest that is free. */
function pairLines<T extends { readonly place: Place }>(a: readonly T[], b: readonly T[]): readonly Pair<T>[] {
  const line = ({ place }: T) => place.frame?.line ?? 0;
  const [first, second] = [a, b].map((rows) => rows.toSorted((x, y) => line(x) - line(y)));
  if (!first || !second) return [];
  if (first.length === second.length) return first.map((row, at) => ({ a: row, b: second[at] }));
  const near = first
    .flatMap((x) => second.map((y) => ({ a: x, b: y, apart: Math.abs(line(x) - line(y)) })))
    .filter(({ apart }) => apart <= lineTolerance)
    .sort((x, y) => x.apart - y.apart);
  const taken = new Set<T>();
  return near.flatMap(({ a: x, b: y }) => {
    if (taken.has(x) || taken.has(y)) return [];
    taken.add(x).add(y);
    return [{ a: x, b: y }];
  });
}
