// Bytes as a walk writes them in, the graph they draw out; and bytes that no walk writes, which are refused and never throw anything else.
import { expect, test } from "vitest";
import { milliseconds } from "../../../shared/units.ts";
import { WireError } from "../../../shared/wire-error.ts";
import { orderOf } from "./by-address.ts";
import { decodeHeap } from "./decode.ts";
import { edgeKind, type HeapGraph, heapFlag, noLabel } from "./heap-graph.ts";

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2);
const text = (words: string): number[] => [...varint(Buffer.byteLength(words)), ...Buffer.from(words)];

interface Drawn {
  readonly from: number;
  readonly flags?: number;
  /** Eighths of the distance to the object before. */
  readonly step: number;
  readonly type: readonly number[];
  readonly edges?: readonly (readonly number[])[];
}
let self = 0;
const edge = (to: number, ...code: number[]): number[] => [...varint(zigzag(to - self) + 1), ...code];
const object = ({ flags = 1, step, type, edges = [] }: Omit<Drawn, "from">): number[] => [
  0x80 | flags,
  ...varint(zigzag(step)),
  ...type,
  ...[2, 48, 7],
  ...edges.flat(),
  0,
];
const typeOf = (number: number, name: string, heap = 1): number[] => [
  number,
  ...varint(4096 * number),
  heap,
  ...text(name),
  0,
];

function drawn(): number[] {
  self = 0;
  const app = object({
    step: 600,
    type: typeOf(1, "App"),
    edges: [edge(1, (1 << 4) | edgeKind.attribute, ...text("child"))],
  });
  self = 1;
  const list = object({
    step: -500,
    type: typeOf(2, "list", 0),
    edges: [edge(0, edgeKind.item), edge(2, edgeKind.item)],
  });
  self = 2;
  const again = object({
    step: 200,
    flags: heapFlag.orphan,
    type: [1],
    edges: [edge(1, (1 << 4) | edgeKind.attribute)],
  });
  self = 2;
  const words = [1, 2, ...edge(0, edgeKind.word), 0];
  const root = [2, 0, 0, ...text("app")];
  const loose = [4, ...varint(9000), ...varint(512), 3];
  return [...app, ...list, ...again, ...words, ...root, ...loose, 5, 3, 5, 0, 1, 1];
}

const decode = (bytes: readonly number[], parts = 1): HeapGraph => {
  const size = Math.ceil(bytes.length / parts);
  const cut = Array.from({ length: parts }, (_, i) => Uint8Array.from(bytes.slice(i * size, (i + 1) * size)));
  return decodeHeap({ at: milliseconds(0), pause: milliseconds(1), minor: 11, parts: cut, notObserved: [] });
};

test("a walk is a graph, ordered by address, wherever its parts were cut", () => {
  for (const parts of [1, 2, 7, 40]) {
    const graph = decode(drawn(), parts);
    expect([...graph.addresses]).toEqual([800, 2400, 4800]);
    expect([...graph.types].map((type) => graph.typeList[type]?.name)).toEqual(["list", "App", "App"]);
    expect([...graph.edgeStart]).toEqual([0, 2, 4, 5]);
    expect([...graph.edges]).toEqual([2, 1, 0, 2, 0]);
    expect([...graph.edgeKinds]).toEqual([0, 0, edgeKind.attribute, edgeKind.word, edgeKind.attribute]);
    expect([...graph.edgeLabels]).toEqual([0, 1, 0, noLabel, 0]);
    expect(graph.names).toEqual(["child"]);
    expect(graph.roots).toEqual([{ node: 2, kind: "module", name: "app" }]);
    expect([...graph.counts, ...graph.sites]).toEqual([2, 2, 2, 7, 7, 7]);
    expect([...graph.loose.addresses, ...graph.loose.sizes]).toEqual([72_000, 512]);
  }
});

test("what something refers to is no orphan", () => expect([...decode(drawn()).flags]).toEqual([1, 0, 1]));

test("a walk that ends early, or goes on after its end, is none", () => {
  const bytes = drawn();
  for (let length = 0; length < bytes.length; length++) expect(() => decode(bytes.slice(0, length))).toThrow(WireError);
  expect(() => decode([...bytes, 0])).toThrow(WireError);
});

test("a byte that is another one is a graph or refused, nothing else", () => {
  const bytes = drawn();
  for (let at = 0; at < bytes.length; at++)
    for (const other of [0, 1, 5, 127, 128, 255]) {
      const wrong = bytes.with(at, other);
      try {
        const { count, edges, roots } = decode(wrong);
        expect(edges.every((to) => to < count) && roots.every(({ node }) => node < count)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }
});

test("addresses are sorted as numbers", () => {
  const addresses = Float64Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000) * 2 ** 33 + 8 * i);
  const order = orderOf(addresses, addresses.length);
  const sorted = Array.from(order, (number) => addresses[number]);
  expect(sorted).toEqual([...addresses].sort((a, b) => a - b));
});
