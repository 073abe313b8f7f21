// agent/native and the C tests beside this file in, the verdict of each subject out: built with sanitizers, and as the optimiser leaves it.
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "refscope-native-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sources = globSync(["agent/native/*.[cS]", "test/native/*.c"], { cwd: root });
/** The core's own memset and memcpy are for a library without libc; here the sanitizers have theirs. */
const always = ["-std=gnu11", "-fno-strict-aliasing", "-g", "-Wall", "-Wextra", "-Werror"];
const renamed = ["-Dmemset=refscope_memset", "-Dmemcpy=refscope_memcpy"];
const environment = {
  ...process.env,
  ASAN_OPTIONS: "detect_leaks=0",
  UBSAN_OPTIONS: "print_stacktrace=1",
  TSAN_OPTIONS: `history_size=7 suppressions=${join(root, "test/native/tsan.txt")}`,
};
const compiler = process.env["CC"]?.trim() || "cc";
const builds: readonly (readonly [string, readonly string[]])[] = [
  ["optimised", ["-O2"]],
  ["under ASan and UBSan", ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]],
];
const threadSanitizer = ["-O1", "-fsanitize=thread"];

function build(name: string, flags: readonly string[]): string {
  const program = join(folder, name.replaceAll(" ", "-"));
  const words = [...always, ...renamed, ...flags, "-o", program, ...sources, "-lpthread"];
  const { status, stderr } = spawnSync(compiler, words, { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return program;
}

/** Sanitizers of GCC 12 do not find their room in every layout that a new kernel draws: it is told not to draw. */
const steady = spawnSync("setarch", ["-R", "true"]).status === 0 ? ["setarch", "-R"] : [];

function run(
  program: string,
  ...subjects: readonly string[]
): { readonly status: number | null; readonly text: string } {
  const [first = program, ...words] = [...steady, program, ...subjects];
  const ended = spawnSync(first, words, { encoding: "utf8", env: environment, timeout: 100_000 });
  return { status: ended.status, text: `${ended.stdout}${ended.stderr}` };
}

/** Why a build with these flags cannot be made or run here. */
function missing(flags: readonly string[]): string | undefined {
  const source = join(folder, "empty.c");
  const program = join(folder, "empty");
  writeFileSync(source, "int main(void) { return 0; }\n");
  const built = spawnSync(compiler, [...flags, source, "-o", program], { encoding: "utf8" });
  if (built.error) return `${compiler} is not here`;
  if (built.status !== 0) return `${compiler} has no ${flags.join(" ")}`;
  return run(program).status === 0 ? undefined : `a program with ${flags.join(" ")} does not run`;
}

describe("the resident core", () => {
  it.each(builds)("does on memory of its own what it promises, %s", (name, flags) => {
    const why = missing(flags);
    if (why !== undefined) return console.info(`native tests ${name} are left out: ${why}`);
    const { status, text } = run(build(name, flags));
    console.info(`${name}: ${text.trim().replaceAll("\n", ", ")}`);
    expect(text).toMatch(/^0 failures$/m);
    expect(status).toBe(0);
  });

  it("counts exactly while threads race, under TSan", () => {
    const why = missing(threadSanitizer);
    if (why !== undefined) return console.info(`native tests under TSan are left out: ${why}`);
    const { status, text } = run(build("threads", threadSanitizer), "threads", "turns");
    expect(text).not.toContain("WARNING: ThreadSanitizer");
    expect([status, /^0 failures$/m.test(text)]).toEqual([0, true]);
  });

  it("needs nothing of a C library", () => {
    const [core] = globSync(".build/core/refscope-core-*.so", { cwd: root });
    if (core === undefined) return console.info("the core is not built");
    const undefinedSymbols = execFileSync("nm", ["-D", "--undefined-only", join(root, core)], { encoding: "utf8" });
    expect(undefinedSymbols.trim()).toBe("");
  });
});
