// In: agent/native/*.c, and `--all` for both architectures. Out: .build/core/*.so, one line for each; an architecture that no
// compiler here can reach is named and skipped, unless it is the host's own.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCore, findCompiler } from "./setup/core.mjs";
import { printFailure, SetupFailure } from "./setup/failure.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
/** @type {"x64" | "arm64"} */
const host = process.arch === "arm64" ? "arm64" : "x64";

/** @param {"x64" | "arm64"} arch */
function build(arch) {
  const compiler = findCompiler(root, arch);
  if (compiler) process.stdout.write(`${buildCore(root, arch, compiler)}\n`);
  else if (arch !== host) process.stdout.write(`${arch} skipped: no cross compiler and no ziglang wheel\n`);
  else throw new SetupFailure("compiler-missing", "no C compiler was found", "Run ./refscope setup, which brings one");
}

try {
  build(host);
  if (process.argv.includes("--all")) build(host === "x64" ? "arm64" : "x64");
} catch (error) {
  process.exitCode = printFailure(error);
}
