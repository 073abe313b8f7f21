// The program of the worker thread: a heap of millions of objects takes seconds, and the engine must go on recording meanwhile. Next: serve.ts.
import { parentPort } from "node:worker_threads";
import { recordedSnapshots } from "../recorded-snapshots.ts";
import { serveQuestions } from "./serve.ts";

serveQuestions(parentPort, recordedSnapshots);
