// Slices in, packets of Perfetto's protobuf trace out, piece by piece. Fields: protos/perfetto/trace/ of the Perfetto project; the way to
// write them: perfetto.dev, "Writing TrackEvent Protos Synthetically". Next: export.ts.
import { type CounterPoint, counterNames } from "./counters.ts";
import { type GilTrace, nameOf, type Slice, type Track } from "./gil-trace.ts";
import { ProtoWriter } from "./proto-writer.ts";

/** Field numbers, by message. */
export const fields = {
  trace: { packet: 1 },
  packet: { timestamp: 8, sequence: 10, event: 11, interned: 12, flags: 13, descriptor: 60 },
  descriptor: { uuid: 1, name: 2, process: 3, thread: 4, parent: 5, counter: 8 },
  counter: { unit: 3 },
  process: { pid: 1, name: 6 },
  thread: { pid: 1, tid: 2, name: 5 },
  event: { type: 9, nameIid: 10, track: 11, counter: 30, flows: 47, endingFlows: 48, callstack: 55 },
  interned: { eventNames: 2 },
  eventName: { iid: 1, name: 2 },
  callstack: { frames: 1 },
  frame: { function: 1, file: 2, line: 3 },
} as const;
const types = { begin: 1, end: 2, instant: 3, counter: 4 } as const;
/** Of the counters, in their order: bytes, and how many. */
const units = [3, 2] as const;
/** All packets are of one writer; its names are valid from its first packet on. */
const sequence = 1;
const flags = { cleared: 1, needsState: 2 } as const;
const processTrack = 1;
/** Above every thread's. */
const counterTrack = (counter: number): number => 2 ** 40 + counter;
const trackOf = (thread: number): number => processTrack + 1 + thread;
const pieceBytes = 1 << 18;

export function* perfettoTrace(trace: GilTrace): Generator<Uint8Array> {
  const packets = new Packets();
  packets.process(trace.pid, trace.process);
  for (const track of trace.tracks) packets.track(trace.pid, track);
  if (trace.counters.length > 0) packets.counterTracks();
  for (const point of trace.counters) packets.counters(point);
  const names = new Map(trace.tracks.map(({ thread, name }) => [thread, name]));
  for (const slice of trace.slices()) {
    packets.slice(slice, names.get(slice.thread) ?? "a thread");
    if (packets.writer.length >= pieceBytes) yield packets.take();
  }
  yield packets.take();
}

class Packets {
  readonly writer = new ProtoWriter();
  readonly #names = new Map<string, number>();

  take(): Uint8Array {
    const bytes = this.writer.bytes();
    this.writer.clear();
    return bytes;
  }

  process(pid: number, name: string): void {
    this.#packet(flags.cleared, () => {
      this.writer.message(fields.packet.descriptor, () => {
        this.writer.varint(fields.descriptor.uuid, processTrack);
        this.writer.message(fields.descriptor.process, () => {
          this.writer.varint(fields.process.pid, pid);
          this.writer.text(fields.process.name, name);
        });
      });
    });
  }

  /** A thread's own track takes one thread of an id; a later one of the same id gets a track of the process. */
  track(pid: number, { thread, tid, again, name }: Track): void {
    this.#packet(flags.needsState, () => {
      this.writer.message(fields.packet.descriptor, () => {
        this.writer.varint(fields.descriptor.uuid, trackOf(thread));
        this.writer.varint(fields.descriptor.parent, processTrack);
        if (again || tid === 0) return this.writer.text(fields.descriptor.name, name);
        this.writer.message(fields.descriptor.thread, () => {
          this.writer.varint(fields.thread.pid, pid);
          this.writer.varint(fields.thread.tid, tid);
          this.writer.text(fields.thread.name, name);
        });
      });
    });
  }

  counterTracks(): void {
    for (const [at, name] of counterNames.entries())
      this.#packet(flags.needsState, () => {
        this.writer.message(fields.packet.descriptor, () => {
          this.writer.varint(fields.descriptor.uuid, counterTrack(at));
          this.writer.varint(fields.descriptor.parent, processTrack);
          this.writer.text(fields.descriptor.name, name);
          this.writer.message(fields.descriptor.counter, () => this.writer.varint(fields.counter.unit, units[at] ?? 0));
        });
      });
  }

  counters({ time, values }: CounterPoint): void {
    for (const [at, value] of values.entries())
      this.#event(time, types.counter, counterTrack(at), undefined, () =>
        this.writer.varint(fields.event.counter, value),
      );
  }

  slice(slice: Slice, thread: string): void {
    const track = trackOf(slice.thread);
    const { flow, frames } = slice;
    this.#event(slice.start, types.begin, track, nameOf(slice), () => {
      if (flow) this.writer.fixed64(fields.event.flows, flow.id);
      if (frames.length > 0) this.#callstack(frames);
    });
    this.#event(slice.end, types.end, track);
    if (flow)
      this.#event(slice.start, types.instant, trackOf(flow.holder), `${thread} begins to wait`, () =>
        this.writer.fixed64(fields.event.endingFlows, flow.id),
      );
  }

  #event(time: number, type: number, track: number, name?: string, more?: () => void): void {
    const iid = name === undefined ? undefined : this.#intern(name);
    this.#packet(flags.needsState, () => {
      this.writer.varint(fields.packet.timestamp, time);
      this.writer.message(fields.packet.event, () => {
        this.writer.varint(fields.event.type, type);
        this.writer.varint(fields.event.track, track);
        if (iid !== undefined) this.writer.varint(fields.event.nameIid, iid);
        more?.();
      });
    });
  }

  /** A name is sent once, in a packet before the first that uses it. */
  #intern(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const iid = this.#names.size + 1;
    this.#names.set(name, iid);
    this.#packet(flags.needsState, () => {
      this.writer.message(fields.packet.interned, () => {
        this.writer.message(fields.interned.eventNames, () => {
          this.writer.varint(fields.eventName.iid, iid);
          this.writer.text(fields.eventName.name, name);
        });
      });
    });
    return iid;
  }

  /** The outermost frame first. */
  #callstack(frames: Slice["frames"]): void {
    this.writer.message(fields.event.callstack, () => {
      for (const { function: name, file, line } of frames.toReversed())
        this.writer.message(fields.callstack.frames, () => {
          this.writer.text(fields.frame.function, name);
          this.writer.text(fields.frame.file, file);
          if (line !== null) this.writer.varint(fields.frame.line, line);
        });
    });
  }

  #packet(state: number, write: () => void): void {
    this.writer.message(fields.trace.packet, () => {
      this.writer.varint(fields.packet.sequence, sequence);
      this.writer.varint(fields.packet.flags, state);
      write();
    });
  }
}
