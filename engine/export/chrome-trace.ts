// Slices in, Trace Event Format (JSON) out, piece by piece: chrome://tracing, Perfetto and speedscope read it. Format: "Trace Event Format"
// by the Chromium project. Next: export.ts.
import { type CounterPoint, counterNames } from "./counters.ts";
import { type GilTrace, nameOf, type Slice, type Track } from "./gil-trace.ts";
import { TextWriter } from "./text-writer.ts";

/** Kernel thread ids end at 2^22: what is above cannot be one. */
const noTid = 1 << 23;
const pieceBytes = 1 << 18;
const encoder = new TextEncoder();

export function* chromeTrace({ pid, process, tracks, counters, slices }: GilTrace): Generator<Uint8Array> {
  const events = new Events(pid, tracks);
  events.head(process, tracks);
  for (const point of counters) events.counters(point);
  for (const slice of slices()) {
    events.slice(slice);
    if (events.writer.length >= pieceBytes) yield events.writer.take();
  }
  events.writer.text("\n]}\n");
  yield events.writer.take();
}

/** Two threads that had one id after the other would share a track. */
const tidOf = ({ tid, again, thread }: Track): number => (again || tid === 0 ? noTid + thread : tid);

type Phase = "X" | "s" | "f" | "C";

class Events {
  readonly writer = new TextWriter();
  readonly #pid: number;
  readonly #tids: ReadonlyMap<number, number>;
  /** What an event begins with, up to its time, by what differs. */
  readonly #starts = new Map<string, Uint8Array>();

  constructor(pid: number, tracks: readonly Track[]) {
    this.#pid = pid;
    this.#tids = new Map(tracks.map((track) => [track.thread, tidOf(track)]));
  }

  head(process: string, tracks: readonly Track[]): void {
    const meta = (name: string, tid: number, args: object) =>
      JSON.stringify({ ph: "M", name, pid: this.#pid, tid, args });
    const rows = tracks.flatMap((track, at) => [
      meta("thread_name", tidOf(track), { name: track.name }),
      meta("thread_sort_index", tidOf(track), { sort_index: at }),
    ]);
    this.writer.text('{"displayTimeUnit":"ns","traceEvents":[\n');
    this.writer.text([meta("process_name", 0, { name: process }), ...rows].join(",\n"));
  }

  counters({ time, values }: CounterPoint): void {
    for (const [at, name] of counterNames.entries()) {
      this.#event("C", name, 0, time);
      this.writer.text(`,"args":{${JSON.stringify(name)}:${values[at] ?? 0}}}`);
    }
  }

  slice(slice: Slice): void {
    const { thread, start, end, frames, flow } = slice;
    this.#event("X", nameOf(slice), thread, start);
    this.writer.bytes(middle);
    this.writer.micro(end - start);
    if (frames.length > 0) this.writer.text(`,"args":${JSON.stringify({ stack: frames.map(stackLine) })}`);
    this.writer.bytes(close);
    if (flow === undefined) return;
    this.#event("s", "waits for", thread, start);
    this.writer.text(`,"id":${flow.id}}`);
    this.#event("f", "waits for", flow.holder, start);
    this.writer.text(`,"bp":"e","id":${flow.id}}`);
  }

  /** Without its end. */
  #event(phase: Phase, name: string, thread: number, time: number): void {
    const of = `${phase}${thread} ${name}`;
    const start = this.#starts.get(of) ?? encoder.encode(this.#startOf(phase, name, thread));
    this.#starts.set(of, start);
    this.writer.bytes(start);
    this.writer.micro(time);
  }

  #startOf(phase: string, name: string, thread: number): string {
    const tid = phase === "C" ? 0 : (this.#tids.get(thread) ?? noTid + thread);
    const category = phase === "C" ? "memory" : "gil";
    return `,\n{"ph":"${phase}","name":${JSON.stringify(name)},"cat":"${category}","pid":${this.#pid},"tid":${tid},"ts":`;
  }
}

const middle = encoder.encode(',"dur":');
const close = encoder.encode("}");

const stackLine = ({ function: name, file, line }: Slice["frames"][number]): string =>
  line === null ? `${name} (${file})` : `${name} (${file}:${line})`;
