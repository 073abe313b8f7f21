// Stacks in, a gzipped profile in pprof's format out. Fields: profile.proto of github.com/google/pprof. Next: export.ts.
import { gzipSync } from "node:zlib";
import type { Frame } from "../../shared/documents.ts";
import { ProtoWriter } from "./proto-writer.ts";
import type { Stacks } from "./stacks.ts";

/** Field numbers, by message. */
const fields = {
  profile: { type: 1, sample: 2, location: 4, function: 5, text: 6, time: 9, duration: 10, comment: 13, shown: 14 },
  valueType: { type: 1, unit: 2 },
  sample: { location: 1, value: 2, label: 3 },
  label: { key: 1, text: 2 },
  location: { id: 1, line: 4 },
  line: { function: 1, line: 2 },
  function: { id: 1, name: 2, systemName: 3, file: 4 },
} as const;

export interface ProfileFacts {
  readonly startedAt: string;
  readonly seconds: number;
  readonly comment: string;
}

export function pprof(stacks: Stacks, facts: ProfileFacts): Uint8Array {
  return gzipSync(new Profile().bytesOf(stacks, facts));
}

class Profile {
  readonly #writer = new ProtoWriter();
  /** The first text of the format is the empty one. */
  readonly #texts = new Map<string, number>([["", 0]]);
  readonly #functions = new Map<string, number>();
  readonly #locations = new Map<string, number>();

  bytesOf({ content, measures, rows }: Stacks, facts: ProfileFacts): Uint8Array {
    const writer = this.#writer;
    for (const { name, unit } of measures) this.#valueType(name.replaceAll(" ", "_"), unit);
    const key = this.#text(content === "errors" ? "exception" : "type");
    for (const { frames, subject, values } of rows) {
      const locations = frames.map((frame) => this.#location(frame));
      const label = subject === undefined ? undefined : this.#text(subject);
      writer.message(fields.profile.sample, () => {
        writer.packed(fields.sample.location, locations);
        writer.packed(fields.sample.value, values);
        if (label === undefined) return;
        writer.message(fields.sample.label, () => {
          writer.varint(fields.label.key, key);
          writer.varint(fields.label.text, label);
        });
      });
    }
    this.#facts(facts, measures[0]?.name.replaceAll(" ", "_") ?? "");
    for (const text of this.#texts.keys()) writer.text(fields.profile.text, text);
    return writer.bytes();
  }

  #facts({ startedAt, seconds, comment }: ProfileFacts, shown: string): void {
    const started = Date.parse(startedAt);
    if (started > 0) this.#writer.varint(fields.profile.time, started * 1e6);
    this.#writer.varint(fields.profile.duration, Math.round(seconds * 1e9));
    this.#writer.varint(fields.profile.comment, this.#text(comment));
    this.#writer.varint(fields.profile.shown, this.#text(shown));
  }

  #valueType(name: string, unit: string): void {
    const [type, of] = [this.#text(name), this.#text(unit)];
    this.#writer.message(fields.profile.type, () => {
      this.#writer.varint(fields.valueType.type, type);
      this.#writer.varint(fields.valueType.unit, of);
    });
  }

  /** Written the first time it is asked for; ids begin with 1. */
  #location(frame: Frame): number {
    const id = JSON.stringify(frame);
    const known = this.#locations.get(id);
    if (known !== undefined) return known;
    const location = this.#locations.size + 1;
    this.#locations.set(id, location);
    const of = this.#function(frame);
    this.#writer.message(fields.profile.location, () => {
      this.#writer.varint(fields.location.id, location);
      this.#writer.message(fields.location.line, () => {
        this.#writer.varint(fields.line.function, of);
        if (frame.line !== null && frame.line > 0) this.#writer.varint(fields.line.line, frame.line);
      });
    });
    return location;
  }

  #function({ function: name, file }: Frame): number {
    const id = JSON.stringify([name, file]);
    const known = this.#functions.get(id);
    if (known !== undefined) return known;
    const index = this.#functions.size + 1;
    this.#functions.set(id, index);
    const [named, at] = [this.#text(name), this.#text(file)];
    this.#writer.message(fields.profile.function, () => {
      this.#writer.varint(fields.function.id, index);
      this.#writer.varint(fields.function.name, named);
      this.#writer.varint(fields.function.systemName, named);
      this.#writer.varint(fields.function.file, at);
    });
    return index;
  }

  #text(text: string): number {
    const index = this.#texts.get(text) ?? this.#texts.size;
    this.#texts.set(text, index);
    return index;
  }
}
