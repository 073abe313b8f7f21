// The tables of agent/core/heap.ts and native/heap.h in, compiled as assertions; out: they say the same, and so do the bits that a walk writes and a graph has.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { heapDoors, heapFailures, heapProgressOffsets, heapTargetWords } from "../../agent/core/heap.ts";
import { edgeKind, heapFlag } from "../../engine/analysis/heap/heap-graph.ts";
import { findCompiler } from "../../scripts/setup/core.mjs";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "refscope-structs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const holds = (expression: string, value: number): string =>
  `_Static_assert(${expression} == ${value}ul, "${expression}");`;
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

describe.each(["x64", "arm64"] as const)("for %s", (arch) => {
  const compiler = findCompiler(root, arch);
  if (compiler === undefined) console.info(`structs for ${arch} are not compared: no compiler for it here`);

  it.skipIf(compiler === undefined)("the core, the agent and the graph agree on a walk", () => {
    const [program = "", ...before] = compiler ?? [];
    const file = join(folder, "heap.c");
    writeFileSync(file, `${source}\n`);
    const words = ["-std=c11", "-ffreestanding", "-c", "-o", join(folder, "heap.o"), file];
    const { status, stderr } = spawnSync(program, [...before, ...words], { encoding: "utf8" });
    expect([stderr, status]).toEqual(["", 0]);
  });
});
