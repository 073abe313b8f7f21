// Stacks in, speedscope's file format (speedscope.app/file-format-schema.json) out: one profile a measure. Next: export.ts.
import type { Measure, Stack, Stacks } from "./stacks.ts";

const schema = "https://www.speedscope.app/file-format-schema.json";
const units = { bytes: "bytes", nanoseconds: "nanoseconds", count: "none" } as const satisfies Record<
  Measure["unit"],
  string
>;

export function speedscope(stacks: Stacks, name: string): Uint8Array {
  const frames = new FrameTable();
  const samples = stacks.rows.map((stack) => frames.sampleOf(stack));
  const profiles = stacks.measures.map(({ name: measure, unit }, at) => {
    const kept = stacks.rows.flatMap(({ values }, row) => ((values[at] ?? 0) > 0 ? [row] : []));
    const weights = kept.map((row) => stacks.rows[row]?.values[at] ?? 0);
    return {
      type: "sampled",
      name: measure,
      unit: units[unit],
      startValue: 0,
      endValue: weights.reduce((sum, weight) => sum + weight, 0),
      samples: kept.map((row) => samples[row]),
      weights,
    };
  });
  const file = {
    $schema: schema,
    name,
    exporter: "refscope",
    activeProfileIndex: 0,
    shared: { frames: frames.list },
    profiles,
  };
  return new TextEncoder().encode(JSON.stringify(file));
}

interface SharedFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

class FrameTable {
  readonly list: SharedFrame[] = [];
  readonly #known = new Map<string, number>();

  /** Outermost first; what it is a stack of is its leaf. */
  sampleOf({ frames, subject }: Stack): readonly number[] {
    const sample = frames.toReversed().map(({ function: name, file, line }) =>
      this.#indexOf({
        name,
        ...(file === "" ? {} : { file }),
        ...(line === null ? {} : { line }),
      }),
    );
    return subject === undefined ? sample : [...sample, this.#indexOf({ name: `[${subject}]` })];
  }

  #indexOf(frame: SharedFrame): number {
    const id = JSON.stringify(frame);
    const index = this.#known.get(id) ?? this.list.push(frame) - 1;
    this.#known.set(id, index);
    return index;
  }
}
