// In: small houses with one wall broken. Out: proof that the checks see it, and that they see nothing in a sound house.
import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, home } from "./checkout.ts";

function run(words: readonly string[], cwd = home) {
  const ended = spawnSync(process.execPath, words, { cwd, encoding: "utf8" });
  return { exit: ended.status, lines: `${ended.stderr}${ended.stdout}`.trim().split("\n") };
}

function house(files: Readonly<Record<string, string>>) {
  const root = folder(files);
  symlinkSync(join(home, "node_modules"), join(root, "node_modules"));
  return root;
}

const walls = (files: Readonly<Record<string, string>>) => run([join(home, "scripts/check-walls.mjs"), house(files)]);
const style = (files: Readonly<Record<string, string>>) => run([join(home, "scripts/check-style.mjs"), folder(files)]);

test("a sound house is counted", () => {
  const found = walls({
    "shared/a.ts": 'import * as v from "valibot";\nexport const a = v.string();',
    "agent/main.ts": 'import { a } from "../shared/a.ts";\na;',
    "engine/engine.ts":
      'import { readFileSync } from "node:fs";\nimport Database from "better-sqlite3";\nexport const e = [readFileSync, Database];',
    "cli/main.ts": 'import { e } from "../engine/engine.ts";\nimport { Command } from "commander";\ne; Command;',
    "renderer/main.tsx": 'import { useState } from "react";\nuseState;',
    "engine/engine.test.ts": 'import { e } from "./engine.ts";\ne;',
  });
  expect(found).toEqual({ exit: 0, lines: ["6 modules with 8 imports, 0 complaints"] });
});

test("each wall stops its crossing, an import of a type included", () => {
  const { exit, lines } = walls({
    "shared/a.ts": 'import { b } from "./b.ts";\nimport "node:fs";\nexport const a = b;',
    "shared/b.ts": 'import { a } from "./a.ts";\nexport const b = a;',
    "agent/main.ts": 'import type { Deep } from "../engine/deep.ts";\nexport type A = Deep;',
    "engine/deep.ts": 'import "ws";\nexport type Deep = 1;',
    "engine/deep.test.ts": "export const t = 1;",
    "cli/main.ts":
      'import type { Deep } from "../engine/deep.ts";\nimport "../engine/deep.test.ts";\nexport type C = Deep;',
    "renderer/main.tsx":
      'import type { Database } from "better-sqlite3";\nimport "./gone.ts";\nexport type R = Database;',
  });
  expect(exit).toBe(1);
  expect(lines.map((line) => line.replace(/node_modules\/.*/, "…")).sort()).toEqual([
    "7 modules with 9 imports, 11 complaints",
    "agent-wall: agent/main.ts imports engine/deep.ts",
    "cli-wall: cli/main.ts imports engine/deep.test.ts",
    "cli-wall: cli/main.ts imports engine/deep.ts",
    "engine-wall: engine/deep.ts imports …",
    "no-cycle: shared/a.ts imports shared/b.ts",
    "no-test-is-imported: cli/main.ts imports engine/deep.test.ts",
    "only-the-engine-has-frida-and-sqlite: renderer/main.tsx imports …",
    "renderer-wall: renderer/main.tsx imports ./gone.ts",
    "renderer-wall: renderer/main.tsx imports …",
    "resolves: renderer/main.tsx imports ./gone.ts",
    "shared-wall: shared/a.ts imports fs",
  ]);
});

test("the types of one runtime are not to be had in another", () => {
  const root = house({
    "shared/a.ts": "export const a: string = process.title + window.name;",
    "agent/main.ts": "export const p: NativePointer = ptr(0);\nexport const w = window; export const t = process;",
    "renderer/main.tsx": "export const w = window;\nexport const t = process; export const p: NativePointer = 1;",
    "engine/a.ts": "export const t = process;\nexport const w = window;",
  });
  cpSync(join(home, "tsconfig.base.json"), join(root, "tsconfig.base.json"));
  const rooms = ["shared", "agent", "engine", "renderer"];
  for (const room of rooms) cpSync(join(home, room, "tsconfig.json"), join(root, room, "tsconfig.json"));
  const { lines } = run(["node_modules/typescript7/bin/tsc", "-b", ...rooms], root);
  const missing = lines.flatMap((line) => /^(\S+?)\(.*Cannot find name '(\w+)'/.exec(line)?.slice(1).join(" ") ?? []);
  expect(missing.sort()).toEqual([
    "agent/main.ts process",
    "agent/main.ts window",
    "engine/a.ts window",
    "renderer/main.tsx NativePointer",
    "renderer/main.tsx process",
    "shared/a.ts process",
    "shared/a.ts window",
  ]);
});

test("the style that can be measured is measured", () => {
  const { exit, lines } = style({
    "engine/fine.ts":
      '// Opens.\nimport { a as b } from "./any.ts";\nexport const c = [b, "as any", `x as y`] as const; // as any\n',
    "engine/bare.ts": "export const a = 1;\n",
    "engine/long.ts": `// Long.\n${"export {};\n".repeat(300)}`,
    "agent/layout/long.ts": `// A table.\n${"export {};\n".repeat(300)}`,
    "engine/loose.ts": "// Loose.\nexport const a = (b: any) => b;\nexport const d = a as unknown as string;\n",
    "engine/old.ts": `// Old.\n${["export", "default"].join(" ")} 1;\n${["en", "um"].join("")} A { B }\n`,
    "engine/hidden.ts": `// ${["@ts", "ignore"].join("-")}\n`,
    "docs/place.md": `See ${["", "root", "x"].join("/")} and ${["registry", "npmjs", "org"].join(".")}\n`,
    "engine/proc.ts": "// Reads /proc/PID/root/etc.\n",
  });
  expect(exit).toBe(1);
  expect(lines).toEqual([
    "docs/place.md:1: path of one machine",
    "docs/place.md:1: registry host",
    "engine/bare.ts: does not open with a comment",
    "engine/hidden.ts:1: switched-off type check",
    "engine/long.ts: 301 lines, more than 300",
    "engine/loose.ts:2: any",
    "engine/loose.ts:3: double cast",
    "engine/loose.ts:3: cast outside the brand constructors",
    "engine/old.ts:3: enum",
    "engine/old.ts:2: default export",
    "9 files, 10 complaints",
  ]);
});
