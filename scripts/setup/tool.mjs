// In: a program and its words. Out: what it said and how it ended, never on our standard output.
import { spawnSync } from "node:child_process";

/**
 * @param {string} program @param {readonly string[]} words
 * @param {{ cwd?: string, timeout?: number, env?: NodeJS.ProcessEnv }} [how]
 */
export function tool(program, words, how = {}) {
  const shell = process.platform === "win32" && /\.cmd$/.test(program);
  const ended = spawnSync(program, words, {
    ...how,
    shell,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const output = `${ended.stdout ?? ""}${ended.stderr ?? ""}`;
  return {
    ok: ended.status === 0,
    missing: Boolean(ended.error && "code" in ended.error && ended.error.code === "ENOENT"),
    output,
  };
}
