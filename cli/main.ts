// A command line in, an exit code out. Node runs this file directly. Next: program.ts.
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { failure } from "../shared/failures.ts";

// Halves the start; a folder that cannot be written is no reason to stop.
enableCompileCache(join(import.meta.dirname, "../.cache/node"));

// Whoever read our output has gone (`refscope ps | head -1`): nothing is left to say to it.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});
process.stderr.on("error", () => {});

const bug = failure("bug", { what: "an unexpected error" });

try {
  const { runProgram } = await import("./program.ts");
  process.exitCode = await runProgram(process.argv.slice(2));
} catch (error) {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { code, fix } = bug;
  process.stderr.write(`refscope: ${code}: ${what.replace(/\s*\n\s*/g, " | ")}. ${fix}\n`);
  process.exitCode = bug.exit;
}
// What a slow reader of a pipe has not taken yet would be lost with the process (stdout of a pipe is written in pieces of 64 KiB).
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))));
// A pipe may not have taken a long document whole yet, and what it has not is lost when we exit.
for (const stream of [process.stdout, process.stderr]) await new Promise((taken) => stream.write("", taken));
// A handle that somebody forgot must not keep the terminal.
process.exit();
