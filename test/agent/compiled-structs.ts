// Assertions in C on the layout of structs in; out: whether a compiler agrees with them. Used by heap-structs.test.ts, watch-structs.test.ts.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findCompiler } from "../../scripts/setup/core.mjs";

export const root = resolve(import.meta.dirname, "../..");

export const holds = (expression: string, value: number): string =>
  `_Static_assert(${expression} == ${value}ul, "${expression}");`;

export function compiles(name: string, source: string): void {
  const folder = mkdtempSync(join(tmpdir(), "refscope-structs-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(["x64", "arm64"] as const)("for %s", (arch) => {
    const compiler = findCompiler(root, arch);
    if (compiler === undefined) console.info(`structs for ${arch} are not compared: no compiler for it here`);

    it.skipIf(compiler === undefined)(name, () => {
      const [program = "", ...before] = compiler ?? [];
      const file = join(folder, "structs.c");
      writeFileSync(file, `${source}\n`);
      const words = ["-std=c11", "-ffreestanding", "-c", "-o", join(folder, "structs.o"), file];
      const { status, stderr } = spawnSync(program, [...before, ...words], { encoding: "utf8" });
      expect([stderr, status]).toEqual(["", 0]);
    });
  });
}
