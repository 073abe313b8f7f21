// The program of a thread: questions about closed recordings in, answers out, one after another. After the first answer about a recording it makes what
// the other screens will ask for. Next: open-recordings.ts.
import { type MessagePort, parentPort } from "node:worker_threads";
import { type Asked, answerAsked } from "./asked.ts";
import { OpenRecordings } from "./open-recordings.ts";

/** A screen asks several things one after the other: none of them waits for what is only prepared. */
const quietMs = 150;

function answerEach(port: MessagePort): void {
  const recordings = new OpenRecordings();
  let quiet: NodeJS.Timeout | undefined;
  port.on("message", (asked: Asked) => {
    clearTimeout(quiet);
    port.postMessage(answerAsked(asked, recordings.read));
    const { params } = asked;
    if ("path" in params) quiet = setTimeout(() => prepare(params.path, recordings), quietMs);
  });
}

/** A step at a time: a question that came meanwhile is answered before the next one. */
function prepare(path: string, recordings: OpenRecordings): void {
  if (!recordings.paths.includes(path)) return;
  recordings.read(path, (_, views) => views.types.rows.length);
  setImmediate(() => recordings.paths.includes(path) && recordings.read(path, (_, views) => views.sites.of));
}

if (parentPort) answerEach(parentPort);
