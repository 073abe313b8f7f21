// The recordings of one engine, starting, running and ended: at most one a process and one a file. Next: engine.ts.
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { HeapTaken, HeapTakeRequest } from "../../shared/heap-taken.ts";
import type { RecordingState, RecordRequest } from "../../shared/rpc-contract.ts";
import type { Machine } from "../far/machine.ts";
import type { GatewayKeeper } from "../gateway/keeper.ts";
import type { MarkChange } from "../marks/edit.ts";
import type { Library } from "./library.ts";
import { PhaseClock } from "./phases.ts";
import type { RunningRecording } from "./recording.ts";
import { type SessionOptions, startRecording } from "./session.ts";
import { startingState } from "./state.ts";
import { targetName } from "./target-name.ts";

interface Entry {
  readonly path: string;
  readonly pid: number;
  readonly clock: PhaseClock;
  readonly cancel: AbortController;
  running: RunningRecording | undefined;
}
export type StartOptions = Pick<SessionOptions, "notObserved" | "endsWithTarget">;

/** Ended ones that are still told of, so that a door that asks now and then sees the end. */
const endedKept = 20;

export class Recordings {
  readonly #library: Library;
  readonly #gateway: GatewayKeeper;
  readonly #machine: Machine;
  readonly #entries = new Map<string, Entry>();

  constructor(library: Library, gateway: GatewayKeeper, machine: Machine) {
    this.#library = library;
    this.#machine = machine;
    this.#gateway = gateway;
  }

  async start(request: RecordRequest, options: StartOptions = {}): Promise<Result<RecordingState>> {
    const busy = () => this.#active().some((entry) => entry.pid === request.pid);
    // Nobody is entered twice; and while that was looked at, another may have started.
    const looked = busy() ? ok([]) : await this.#machine.look(request.pid);
    if (!looked.ok) return looked;
    if (busy()) return fail("already-recorded", { pid: request.pid });
    const out =
      request.out === undefined
        ? this.#library.newPath(targetName(request.pid), request.pid, new Date())
        : ok(request.out);
    if (!out.ok) return out;
    const path = out.value;
    if (this.#active().some((entry) => entry.path === path)) return fail("recording-in-use", { path });
    const [clock, cancel] = [new PhaseClock(), new AbortController()];
    const entry: Entry = { path, pid: request.pid, clock, cancel, running: undefined };
    this.#entries.set(path, entry);
    const started = await startRecording(
      { ...request, out: path },
      {
        ...options,
        notObserved: [...(options.notObserved ?? []), ...looked.value],
        clock,
        cancelled: cancel.signal,
        gateway: () => this.#gateway.get(),
      },
    );
    if (!started.ok) {
      this.#entries.delete(path);
      return started;
    }
    entry.running = started.value;
    this.#library.opened(path);
    this.#forgetOldest();
    return ok(started.value.state());
  }

  /** Asked again while it stops: lets go at once. Asked before it records: whoever began it is told that it was cancelled. */
  async stop(path: string): Promise<Result<RecordingState>> {
    const entry = this.#entries.get(path);
    if (entry?.running) return ok(await entry.running.stop());
    entry?.cancel.abort();
    return entry ? ok(startingState(path, entry.clock)) : fail("no-recording", { path });
  }

  async takeHeap(request: HeapTakeRequest): Promise<Result<HeapTaken>> {
    const running = this.#entries.get(request.path)?.running;
    return running ? await running.takeHeap(request) : fail("no-recording", { path: request.path });
  }

  /** Changes the marks of one that goes on; undefined when none does there. */
  async mark(path: string, change: MarkChange): Promise<Result<void> | undefined> {
    return await this.#entries.get(path)?.running?.mark(change);
  }

  /** Started by this engine, and still told of. */
  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** It is being written by this engine. */
  isActive(path: string): boolean {
    return this.#active().some((entry) => entry.path === path);
  }

  /** Its file has another name now, or none: it is told of no more. */
  forget(path: string): void {
    if (!this.isActive(path)) this.#entries.delete(path);
  }

  states(): readonly RecordingState[] {
    return [...this.#entries.values()].map(
      ({ path, clock, running }) => running?.state() ?? startingState(path, clock),
    );
  }

  /** Stops all; true when there was one that had to be stopped. */
  async close(): Promise<boolean> {
    const active = this.#active();
    await Promise.all(active.map(({ running }) => running?.stop()));
    await this.#gateway.close();
    return active.length > 0;
  }

  #active(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ running }) => running?.state().phase !== "closed");
  }

  #forgetOldest(): void {
    const ended = [...this.#entries.values()].filter(({ running }) => running?.state().phase === "closed");
    for (const { path } of ended.slice(0, Math.max(0, ended.length - endedKept))) this.#entries.delete(path);
  }
}
