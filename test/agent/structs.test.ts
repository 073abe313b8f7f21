// The tables of agent/core/structs.ts and shared/wire.ts in, what the C compilers of both architectures say of them out: each offset as an assertion.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  apiSlotOffsets,
  auditDoors,
  auditOffsets,
  auditTargetWords,
  balances,
  bindingOffsets,
  boundOffsets,
  entryOffsets,
  findingOffsets,
  missedOffsets,
  rowOffsets,
} from "../../agent/core/audit.ts";
import {
  codePatchBytes,
  codePatches,
  collectBits,
  coreMagic,
  coreOffsets,
  coreVersion,
  firstErrorPatch,
  libcFunctions,
  mostCalls,
  ownPatches,
  stateOffsets,
  targetWords,
} from "../../agent/core/structs.ts";
import { findCompiler } from "../../scripts/setup/core.mjs";
import { deepestStack } from "../../shared/agent-protocol.ts";
import { domains, errorActs, holdFlags } from "../../shared/records.ts";
import { batchHeader, lastBatchFlag, sectionHeader, sectionKinds, wireMagic, wireVersion } from "../../shared/wire.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "refscope-structs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Offsets = readonly (readonly [name: string, value: number])[];
const words = (names: readonly string[], start = 0): Offsets => names.map((name, i) => [name, start + 8 * i]);

const holds = (expression: string, value: number): string =>
  `_Static_assert(${expression} == ${value}ul, "${expression}");`;
const fields = (type: string, offsets: Offsets): readonly string[] =>
  offsets.map(([name, offset]) => holds(`__builtin_offsetof(${type}, ${name})`, offset));

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
function header(type: string, table: Readonly<Record<string, number>>): readonly string[] {
  const { size = 0, ...offsets } = table;
  return [
    ...fields(
      type,
      Object.entries(offsets).map(([name, at]) => [snake(name), at]),
    ),
    holds(`sizeof(${type})`, size),
  ];
}

const libc = Object.keys(libcFunctions);
const assertions = [
  ...fields("Target", words(targetWords)),
  ...fields("Target", [["libc", 8 * targetWords.length]]),
  ...fields("LibC", words(libc)),
  holds("sizeof(Target)", 8 * (targetWords.length + libc.length)),
  holds("sizeof(got_wrappers)", 8 * libc.length),
  ...fields("State", Object.entries(stateOffsets)),
  ...fields("AuditDoors", Object.entries(auditDoors)),
  ...fields("Audit", Object.entries(auditOffsets)),
  ...header("Entry", entryOffsets),
  ...header("ApiSlot", apiSlotOffsets),
  ...header("AuditRow", rowOffsets),
  ...header("AuditFinding", findingOffsets),
  ...header("Missed", missedOffsets),
  ...header("Bound", boundOffsets),
  ...header("Binding", bindingOffsets),
  ...fields("AuditTarget", words(auditTargetWords)),
  holds("BALANCES", balances),
  holds("sizeof(((State *)0)->allocator_slots)", 24),
  ...fields("__typeof__(core)", Object.entries(coreOffsets)),
  holds("sizeof(core)", 8 * Object.keys(coreOffsets).length),
  holds("CORE_MAGIC", coreMagic),
  holds("CORE_VERSION", coreVersion),
  holds("CODE_PATCH_BYTES", codePatchBytes),
  holds("MAX_CODE_PATCHES", codePatches),
  holds("OWN_PATCHES", ownPatches),
  holds("ERROR_SET_OBJECT", firstErrorPatch),
  holds("MAX_CALLS", mostCalls),
  ...Object.entries(collectBits).map(([name, bit]) => holds(`COLLECT_${name.toUpperCase()}`, bit)),
  ...Object.entries(holdFlags).map(([name, bit]) => holds(`HOLD_${snake(name).toUpperCase()}`, bit)),
  ...errorActs.map((name, number) => holds(name.toUpperCase(), number)),
  holds("DEEPEST", deepestStack),
  ...header("WireHeader", batchHeader),
  ...header("WireSection", sectionHeader),
  holds("WIRE_MAGIC", wireMagic),
  holds("WIRE_VERSION", wireVersion),
  holds("WIRE_LAST", lastBatchFlag),
  ...Object.entries(sectionKinds).map(([name, kind]) => holds(`WIRE_${snake(name).toUpperCase()}`, kind)),
  ...domains.map((name, number) => holds(name.toUpperCase(), number)),
];

const source = [
  ...["entry.c", "got.c", "wire.h"].map((file) => `#include "${join(root, "agent/native", file)}"`),
  ...assertions,
].join("\n");

function complaints(lines: string, [program, ...before]: readonly [string, ...string[]]): string {
  const file = join(folder, "structs.c");
  writeFileSync(file, `${lines}\n`);
  const flags = ["-std=c11", "-ffreestanding", "-c", "-o", join(folder, "structs.o")];
  const { status, stderr } = spawnSync(program, [...before, ...flags, file], { encoding: "utf8" });
  return status === 0 ? "" : stderr;
}

describe.each(["x64", "arm64"] as const)("for %s", (arch) => {
  const compiler = findCompiler(root, arch);
  if (compiler === undefined) console.info(`structs for ${arch} are not compared: no compiler for it here`);

  it.skipIf(compiler === undefined)("the core and the agent agree on every word", () => {
    expect(complaints(source, compiler ?? [""])).toBe("");
  });
  it.skipIf(compiler === undefined)("a word that has moved would be told", () => {
    expect(complaints(`${source}\n${holds("__builtin_offsetof(State, drained_at)", 33)}`, compiler ?? [""])).toContain(
      "drained_at",
    );
  });
});
