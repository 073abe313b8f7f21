// The tables of agent/core/watch.ts and agent/native/watch.h in, compiled as assertions; out: they say the same.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  placeOffsets,
  watchDoors,
  watchedBytes,
  watchedOffsets,
  watchOffsets,
  watchTargetWords,
} from "../../agent/core/watch.ts";
import { sampleTargetWords } from "../../agent/core/watch-sample.ts";
import { findCompiler } from "../../scripts/setup/core.mjs";
import { mostSampled, mostWatched } from "../../shared/agent-protocol.ts";
import { watchStates } from "../../shared/records.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "refscope-structs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const holds = (expression: string, value: number): string =>
  `_Static_assert(${expression} == ${value}ul, "${expression}");`;
const fields = (type: string, offsets: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(offsets).map(([name, offset]) =>
    name === "size" && type === "Place"
      ? holds("sizeof(Place)", offset)
      : holds(`__builtin_offsetof(${type}, ${name})`, offset),
  );

const source = [
  `#include "${join(root, "agent/native/core.h")}"`,
  ...fields("WatchDoors", watchDoors),
  holds("sizeof(WatchDoors)", 8 * Object.keys(watchDoors).length),
  ...fields("Watch", watchOffsets),
  ...fields("Place", placeOffsets),
  ...fields("Watched", watchedOffsets),
  ...fields("WatchTarget", Object.fromEntries(watchTargetWords.map((name, i) => [name, 8 * i]))),
  holds("sizeof(WatchTarget)", 8 * watchTargetWords.length),
  holds("WATCH_SLOTS", mostWatched),
  holds("MOST_WATCHED", mostSampled),
  holds("sizeof(Watched)", watchedBytes),
  ...fields("SampleTarget", Object.fromEntries(sampleTargetWords.map((name, i) => [name, 8 * i]))),
  ...watchStates.map((name, number) => holds(`WATCH_${name.toUpperCase()}`, number)),
].join("\n");

describe.each(["x64", "arm64"] as const)("for %s", (arch) => {
  const compiler = findCompiler(root, arch);
  if (compiler === undefined) console.info(`structs for ${arch} are not compared: no compiler for it here`);

  it.skipIf(compiler === undefined)("the core and the agent agree on what is followed", () => {
    const [program = "", ...before] = compiler ?? [];
    const file = join(folder, "watch.c");
    writeFileSync(file, `${source}\n`);
    const words = ["-std=c11", "-ffreestanding", "-c", "-o", join(folder, "watch.o"), file];
    const { status, stderr } = spawnSync(program, [...before, ...words], { encoding: "utf8" });
    expect([stderr, status]).toEqual(["", 0]);
  });
});
