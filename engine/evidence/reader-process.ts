// Questions about one recording that may be a stranger's in, answers out, from a process without rights to write, which is killed when it takes too long or too
// much memory, and when nobody has asked for a while. Next: reader-program.ts.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { exitOf, type Failure, fail, failed, failure, isFailureCode, ok, type Result } from "../../shared/failures.ts";
import type { Job } from "./jobs.ts";

export type Question = { readonly path: string; readonly trusted: boolean } & (
  | { readonly kind: "call"; readonly text: string }
  | { readonly kind: "job"; readonly job: Job }
);
type Said =
  | Pick<Failure, "code" | "cause" | "fix">
  | { readonly code: string; readonly cause: string; readonly fix: string };
export type Reply =
  | { readonly progress: readonly [number, number] }
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: Said };
const problem = v.object({ code: v.string(), cause: v.string(), fix: v.string() });
const replySchema = v.union([
  v.object({ progress: v.tuple([v.number(), v.number()]) }),
  v.object({ ok: v.literal(true), result: v.unknown() }),
  v.object({ ok: v.literal(false), error: problem }),
]);

export interface ReaderLimits {
  /** The first question opens the file. */
  readonly firstMs: number;
  readonly nextMs: number;
  /** What a recording of its size may need beyond that. */
  readonly perGibibyteMs: number;
  readonly memoryBytes: number;
  readonly idleMs: number;
}
const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;
export const readerLimits: ReaderLimits = {
  firstMs: 10_000,
  nextMs: 5_000,
  perGibibyteMs: 10_000,
  memoryBytes: 1.5 * gibibyte,
  idleMs: 30_000,
};
const heapMebibytes = 1024;
const lookEveryMs = 100;
const statmPage = 4096;
/** In the desktop application beside its archive, which Node cannot read, and under a Node of its own: Electron's does not run programs there. */
const program = fileURLToPath(new URL("./reader-program.ts", import.meta.url)).replace(
  `app.asar${sep}`,
  `app.asar.unpacked${sep}`,
);
const node = process.env["REFSCOPE_NODE"] ?? process.execPath;

/** Node keeps JavaScript from writing; what of SQLite could write is refused before it is opened. */
function start(out: string | undefined): ChildProcess {
  const rights = ["--permission", "--allow-fs-read=*", "--allow-addons", "--allow-worker"];
  for (const place of out === undefined ? [] : [out, `${out}/*`, `${dirname(out)}/*`])
    rights.push(`--allow-fs-write=${place}`);
  const flags = [
    ...rights,
    `--max-old-space-size=${heapMebibytes}`,
    "--disable-warning=SecurityWarning",
    "--no-warnings",
  ];
  return spawn(node, [...flags, program], {
    // An export may go to /dev/stdout.
    stdio: ["ignore", out === undefined ? "ignore" : "inherit", "ignore", "ipc"],
    env: { PATH: process.env["PATH"] ?? "", ELECTRON_RUN_AS_NODE: "1" },
  });
}

export class ReaderProcess {
  readonly #path: string;
  readonly #limits: ReaderLimits;
  readonly #child: ChildProcess;
  #asked = 0;
  #answered = false;
  #pending: ((result: Result<unknown>) => void) | undefined;
  #onProgress: (done: number, of: number) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #ended: string | undefined;

  /** `out`: the file that it may write. */
  constructor(path: string, limits: ReaderLimits = readerLimits, out?: string) {
    this.#path = path;
    this.#limits = limits;
    this.#child = start(out);
    this.#child.on("message", (message) => this.#hear(message));
    this.#child.on("error", (error) => this.#end(error.message));
    this.#child.on("exit", (code, signal) =>
      this.#end(signal === "SIGABRT" ? "it takes too much memory" : `its reader ended (${signal ?? code})`),
    );
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** It was killed at its first question. */
  get neverAnswered(): boolean {
    return this.ended && !this.#answered;
  }

  /** One at a time. With `onProgress` it may take as long as it goes on. */
  ask(question: Question, limitMs?: number, onProgress?: (done: number, of: number) => void): Promise<Result<unknown>> {
    const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
    if (this.#ended !== undefined) return Promise.resolve(this.#lost());
    this.#pending = resolve;
    const limit = limitMs ?? this.#limit();
    this.#onProgress = (done, of) => {
      onProgress?.(done, of);
      this.#deadline(limit);
    };
    this.#deadline(limit);
    this.#watch = setInterval(() => this.#weigh(), lookEveryMs);
    this.#child.ref();
    this.#child.channel?.ref?.();
    this.#child.send(question);
    return promise;
  }

  kill(why = "it was closed"): void {
    this.#end(why);
  }

  #limit(): number {
    const { firstMs, nextMs, perGibibyteMs } = this.#limits;
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    return (this.#asked++ === 0 ? firstMs : nextMs) + (size / gibibyte) * perGibibyteMs;
  }
  #deadline(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(`it takes longer than ${(limitMs / 1000).toFixed(0)} s`), limitMs);
  }

  /** Node's own limit is on what JavaScript holds; SQLite and buffers take memory beside it. */
  #weigh(): void {
    try {
      const pages = Number(readFileSync(`/proc/${this.#child.pid}/statm`, "latin1").split(" ")[1]);
      if (pages * statmPage > this.#limits.memoryBytes)
        this.#end(`it takes more than ${Math.round(this.#limits.memoryBytes / mebibyte)} MiB of memory`);
    } catch {
      // no /proc, or it has just ended
    }
  }

  #hear(message: unknown): void {
    const reply = v.safeParse(replySchema, message);
    if (!reply.success) return this.#end("its reader said nonsense");
    if ("progress" in reply.output) return this.#onProgress(...reply.output.progress);
    this.#answered = true;
    this.#settle(reply.output.ok ? ok(reply.output.result) : failed(failureOf(reply.output.error)));
  }

  #settle(result: Result<unknown>): void {
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
    const pending = this.#pending;
    this.#pending = undefined;
    if (this.#ended === undefined) {
      // A reader that waits keeps no program from ending.
      this.#child.unref();
      this.#child.channel?.unref?.();
      this.#timer = setTimeout(() => this.kill(), this.#limits.idleMs);
      this.#timer.unref();
    }
    pending?.(result);
  }

  #end(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#child.kill("SIGKILL");
    this.#settle(this.#lost());
  }
  #lost(): Result<never> {
    return fail("recording-stalls", { path: this.#path, why: this.#ended ?? "" });
  }
}

function failureOf({ code, cause, fix }: v.InferOutput<typeof problem>): Failure {
  return isFailureCode(code) ? { code, cause, fix, exit: exitOf(code) } : failure("bug", { what: cause });
}
