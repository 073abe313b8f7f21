// The path of a recording and the modules of its process in, by workerData; what it shows out, as the thread's one message. Started by signs-thread.ts.
import { parentPort, workerData } from "node:worker_threads";
import * as v from "valibot";
import { recordedSigns } from "./recorded-signs.ts";

const asked = v.parse(v.object({ path: v.string(), loaded: v.optional(v.array(v.string())) }), workerData);
parentPort?.postMessage(recordedSigns(asked.path, asked.loaded));
