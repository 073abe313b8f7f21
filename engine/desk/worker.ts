// The program of a thread: questions about closed recordings in, answers out, one after another. After the first answer about a recording it makes what
// the other screens will ask for. Next: open-recordings.ts.
import { parentPort } from "node:worker_threads";
import { type Asked, answerAsked } from "./asked.ts";
import { OpenRecordings } from "./open-recordings.ts";

const recordings = new OpenRecordings();

parentPort?.on("message", (asked: Asked) => {
  parentPort?.postMessage(answerAsked(asked, recordings.read));
  if ("path" in asked.params) prepare(asked.params.path);
});

/** A step at a time: a question that came meanwhile is answered before the next one. */
function prepare(path: string): void {
  const steps = [
    () => recordings.read(path, (_, views) => views.types.length),
    () => recordings.read(path, (_, views) => views.sites.of),
    () => recordings.read(path, (_, views) => views.verified),
  ];
  const next = () => {
    if (!recordings.paths.includes(path)) return;
    steps.shift()?.();
    if (steps.length > 0) setImmediate(next);
  };
  setImmediate(next);
}
