// A script in; a thread that runs it out, which finds its modules compiled where this program keeps them: a third of the time to its first answer.
// Used by asking.ts, once.ts.
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";

export function startThread(script: URL, workerData?: unknown): Worker {
  // Of the version that runs; the variable names the folder of all versions.
  const compiled = getCompileCacheDir();
  const env = compiled === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(compiled) };
  return new Worker(script, { workerData, env });
}
