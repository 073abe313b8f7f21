// In: agent/native/*.c. Out: .build/core/refscope-core-ARCH.so, one small shared object the agent puts into the target.
// Compiled by the host's cc, or by the ziglang wheel where there is none. Next: engine/gateway sends its bytes.
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { lastWords, SetupFailure } from "./failure.mjs";
import { installWheels, venvPython } from "./python.mjs";
import { hashFiles, hashText } from "./stamp.mjs";
import { tool } from "./tool.mjs";

/** @typedef {import("./stamp.mjs").Step} Step */
/** @typedef {"x64" | "arm64"} Arch */
/** @typedef {readonly [program: string, ...words: string[]]} Compiler */

const source = "agent/native";
const output = ".build/core";

/** No libc, no imports, unwind tables kept (the target's own backtraces pass through us), warnings are errors. */
const flags = [
  ...[
    "-std=c11",
    "-O3",
    "-flto",
    "-fno-strict-aliasing",
    "-g1",
    "-ffreestanding",
    "-fno-builtin",
    "-nostdlib",
    "-shared",
    "-fPIC",
    "-fvisibility=hidden",
  ],
  ...["-fno-stack-protector", "-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wshadow"],
  ...["-Wl,--build-id=sha1", "-Wl,-e,refscope_entry", "-Wl,-soname,refscope-core.so", "-Wl,-z,noexecstack"],
];

/** Intel's branch-target marks are of no use in a library nobody calls indirectly by name, and only x86 knows the flag. */
const archFlags = { x64: ["-fcf-protection=none"], arm64: [] };
const zigTarget = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" };

/** @returns {Arch} */
function hostArch() {
  if (process.arch === "x64" || process.arch === "arm64") return process.arch;
  throw new SetupFailure(
    "unsupported-machine",
    `the core is not built for ${process.arch}`,
    "Use an x86-64 or arm64 machine",
  );
}

/** @param {string} root */
const sources = (root) =>
  existsSync(join(root, source))
    ? readdirSync(join(root, source))
        .filter((name) => /\.[cS]$/.test(name))
        .sort()
    : [];

/** @param {Compiler} compiler */
const runs = ([program, ...words]) => tool(program, [...words, "--version"]).ok;

/** @param {Arch} arch @returns {readonly Compiler[]} */
function hostCompilers(arch) {
  if (arch !== hostArch()) return arch === "arm64" ? [["aarch64-linux-gnu-gcc"]] : [["x86_64-linux-gnu-gcc"]];
  const chosen = process.env.CC?.trim();
  /** @type {readonly Compiler[]} */
  const usual = [["cc"], ["gcc"], ["clang"]];
  return chosen ? [[chosen], ...usual] : usual;
}

/** @param {string} root @param {Arch} arch @returns {Compiler} */
const zig = (root, arch) => [venvPython(root), "-m", "ziglang", "cc", "-target", zigTarget[arch]];

/** @param {string} root @param {Arch} arch @returns {Compiler | undefined} */
export function findCompiler(root, arch) {
  return [...hostCompilers(arch), zig(root, arch)].find(runs);
}

/** @param {string} root @param {Arch} arch @returns {Compiler} */
function compilerOrWheel(root, arch) {
  const found = findCompiler(root, arch);
  if (found) return found;
  const fix = "Install a C compiler (Debian, Ubuntu: apt install gcc)";
  try {
    installWheels(root, "requirements-compiler.txt");
  } catch (error) {
    if (!(error instanceof SetupFailure) || error.exit === 8) throw error;
    throw new SetupFailure("compiler-missing", `no C compiler was found, and ${error.message}`, fix);
  }
  const wheel = zig(root, arch);
  if (runs(wheel)) return wheel;
  throw new SetupFailure("compiler-missing", "no C compiler was found, and the ziglang wheel does not run here", fix);
}

/** Built beside its place and renamed: a reader never sees half a core. @param {string} root @param {Arch} arch @param {Compiler} compiler */
export function buildCore(root, arch, compiler) {
  mkdirSync(join(root, output), { recursive: true });
  const place = join(output, `refscope-core-${arch}.so`);
  const [program, ...words] = compiler;
  const files = sources(root).map((name) => `${source}/${name}`);
  const ended = tool(program, [...words, ...flags, ...archFlags[arch], "-o", `${place}.new`, ...files], { cwd: root });
  if (!ended.ok) {
    const cause = `${program} could not build the core: ${lastWords(ended.output, /error:/)}`;
    throw new SetupFailure("core-build-failed", cause, "Run scripts/build-core.mjs to see all the compiler says");
  }
  renameSync(join(root, `${place}.new`), join(root, place));
  return place;
}

/** @type {Step} */
export const nativeCore = {
  name: "core",
  // The core lives in Linux processes; elsewhere the host only reads recordings.
  wanted: (root) => process.platform === "linux" && sources(root).length > 0,
  fingerprint: (root) =>
    hashText([hashFiles(root, [source, "requirements-compiler.txt"], /\.(?:c|h|S|txt)$/), ...flags]),
  made: () => [`${output}/refscope-core-${hostArch()}.so`],
  installs: false,
  make: (root) => {
    const arch = hostArch();
    const compiler = compilerOrWheel(root, arch);
    buildCore(root, arch, compiler);
    return `C core built for ${arch} by ${compiler.includes("ziglang") ? "ziglang" : compiler[0]}`;
  },
};
