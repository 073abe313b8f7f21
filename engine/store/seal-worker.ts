// The program of a thread: the path of a recording whose last rows are in the file in, whether it is closed and sealed out. Next: seal-thread.ts.
import { parentPort, workerData } from "node:worker_threads";
import { sealRecording } from "./finish.ts";

parentPort?.postMessage(sealRecording(String(workerData)));
