// Calls and work on recordings that may be a stranger's in, checked answers out, from one process a path. Next: reader-process.ts, engine.ts.
import { statSync } from "node:fs";
import * as v from "valibot";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { type RpcName, type RpcParams, type RpcResult, rpcContract } from "../../shared/rpc-contract.ts";
import type { Progress } from "../store/seal.ts";
import { type Job, type JobResult, jobResults } from "./jobs.ts";
import { type ReaderLimits, ReaderProcess, readerLimits } from "./reader-process.ts";

/** As the desk that answers about our own snapshots has. */
const heapMs = 120_000;
const mostReaders = 8;

export class Readers {
  readonly #limits: ReaderLimits;
  readonly #readers = new Map<string, { readonly process: ReaderProcess; before: Promise<unknown> }>();
  readonly #givenUp = new Map<string, { readonly file: string; readonly answer: Result<unknown> }>();
  readonly #working = new Set<ReaderProcess>();

  constructor(limits: Partial<ReaderLimits> = {}) {
    this.#limits = { ...readerLimits, ...limits };
  }

  async call<N extends RpcName>(path: string, name: N, params: RpcParams<N>): Promise<Result<RpcResult<N>>> {
    const known = this.#givenUp.get(path);
    // Nobody waits twice for a file that could not even be opened.
    if (known && !known.answer.ok && known.file === identity(path)) return known.answer;
    const text = JSON.stringify({ id: 1, method: name, params });
    const limit = name.startsWith("heap.") && name !== "heap.list" ? heapMs : undefined;
    const reader = this.#readerOf(path);
    const asking = reader.before.then(() => reader.process.ask({ kind: "call", path, trusted: false, text }, limit));
    reader.before = asking;
    const answer = await asking;
    if (reader.process.neverAnswered) this.#givenUp.set(path, { file: identity(path), answer });
    if (!answer.ok) return answer;
    const parsed = v.safeParse(rpcContract[name].result, answer.value);
    return parsed.success ? ok(parsed.output) : misunderstood(name);
  }

  /** In a process of its own; `trusted`: a recording of ours, beside which a journal may lie. */
  async work<J extends Job>(job: J, trusted: boolean, talk?: Progress): Promise<Result<JobResult<J["kind"]>>> {
    const out = job.kind === "export" ? job.request.out : "out" in job ? job.out : undefined;
    const process = new ReaderProcess(job.path, this.#limits, out);
    this.#working.add(process);
    const answer = await process.ask({ kind: "job", path: job.path, trusted, job }, undefined, talk);
    process.kill();
    this.#working.delete(process);
    if (!answer.ok) return answer;
    const kind: J["kind"] = job.kind;
    const parsed = v.safeParse(jobResults[kind], answer.value);
    return parsed.success ? ok(parsed.output) : misunderstood(kind);
  }

  close(): void {
    for (const { process } of this.#readers.values()) process.kill();
    for (const process of this.#working) process.kill();
    this.#readers.clear();
  }

  /** The one that was asked longest ago goes when there are too many. */
  #readerOf(path: string) {
    const known = this.#readers.get(path);
    this.#readers.delete(path);
    const reader =
      known && !known.process.ended
        ? known
        : { process: new ReaderProcess(path, this.#limits), before: Promise.resolve<unknown>(undefined) };
    this.#readers.set(path, reader);
    const [oldest] = this.#readers;
    if (oldest && this.#readers.size > mostReaders) {
      oldest[1].process.kill();
      this.#readers.delete(oldest[0]);
    }
    return reader;
  }
}

function identity(path: string): string {
  const { dev, ino, size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return [dev, ino, size, mtimeMs].join(" ");
}

const misunderstood = (what: string): Result<never> =>
  fail("bug", { what: `the answer to \`${what}\` is not understood` });
