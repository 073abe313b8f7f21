// The tables of agent/core/heap.ts and native/heap.h in, compiled as assertions; out: they say the same, and so do the bits that a walk writes and a graph has.
import { join } from "node:path";
import { heapDoors, heapFailures, heapProgressOffsets, heapTargetWords } from "../../agent/core/heap.ts";
import { edgeKind, heapFlag } from "../../engine/analysis/heap/heap-graph.ts";
import { compiles, holds, root } from "./compiled-structs.ts";

const fields = (type: string, offsets: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(offsets).map(([name, offset]) => holds(`__builtin_offsetof(${type}, ${name})`, offset));
const constants = (prefix: string, values: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(values).map(([name, value]) => holds(`${prefix}_${name.toUpperCase()}`, value));

const source = [
  `#include "${join(root, "agent/native/heap.h")}"`,
  ...fields("HeapDoors", heapDoors),
  holds("sizeof(HeapDoors)", 8 * Object.keys(heapDoors).length),
  ...fields("HeapProgress", heapProgressOffsets),
  ...fields("HeapTarget", Object.fromEntries(heapTargetWords.map((name, i) => [name, 8 * i]))),
  holds("sizeof(HeapTarget)", 8 * heapTargetWords.length),
  holds("HEAP_PIPE + 1", heapFailures.length),
  ...constants("FLAG", heapFlag),
  ...constants("EDGE", edgeKind),
].join("\n");

compiles("the core, the agent and the graph agree on a walk", source);
