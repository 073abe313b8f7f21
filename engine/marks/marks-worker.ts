// The path of a recording and a change of its marks in, by workerData; whether it was done out, as the thread's one message. Started by marks-thread.ts.
import { parentPort, workerData } from "node:worker_threads";
import * as v from "valibot";
import { markClosed } from "./closed-marks.ts";

const at = v.number();
const asked = v.parse(
  v.object({
    path: v.string(),
    change: v.variant("kind", [
      v.object({ kind: v.literal("set"), at: v.optional(at), name: v.optional(v.string()) }),
      v.object({ kind: v.literal("move"), at, to: at }),
      v.object({ kind: v.literal("remove"), at }),
    ]),
  }),
  workerData,
);
parentPort?.postMessage(markClosed(asked.path, asked.change));
