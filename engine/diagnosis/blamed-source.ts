// A verdict in; the source around the functions that it blames, from the recordings of its steps, out: who gets the verdict gets one file. Used by query.ts.
import type { DiagnosisDocument } from "../../shared/diagnosis-document.ts";
import { sourceAround } from "../analysis/source.ts";
import { reading } from "../queries.ts";
import type { KeptSource } from "../store/stored-source.ts";

export function blamedSource({ path, suspects, steps }: DiagnosisDocument): readonly KeptSource[] {
  const beside = new Set(steps.flatMap((step) => (step.path === null || step.path === path ? [] : [step.path])));
  return [...beside].flatMap((from) => {
    const found = reading(from, (reader) =>
      suspects.flatMap(({ blame }) => {
        if (!blame || blame.file === null || blame.line === null) return [];
        return sourceAround(reader, blame.file, blame.line) ?? [];
      }),
    );
    return found.ok ? found.value : [];
  });
}
