// The verdict that a recording keeps in; its section of the report out. Next: section.ts.
import { basename } from "node:path";
import type { Report } from "../../shared/documents.ts";
import type { Line, Room, Section } from "./section.ts";
import { byteSize, rate, span } from "./words.ts";

type Kept = NonNullable<Report["diagnosis"]>;
type Row = Kept["suspects"][number];

export function diagnosisSection({ verdict, seconds, suspects }: Kept, room: Room): Section {
  return {
    title: "Verdict",
    sentences: [[`${verdict}, after ${span(seconds)}. \`refscope diagnose\` of this recording has the evidence.`]],
    tables: [
      {
        title: "Suspects",
        header: ["/s", "bytes/s", "sure", "kind", "type", "function"],
        textFrom: 3,
        rows: suspects.slice(0, room.rows).map(cells),
        of: suspects.length,
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}

function cells({ perSecond, bytesPerSecond, confidence, kind, type, function: name, module }: Row): readonly Line[][] {
  const numbers = [rate(perSecond), byteSize(bytesPerSecond), `${Math.round(confidence * 100)} %`];
  const where: Line[] = name === null ? [["-"]] : [[{ name }], [{ name: basename(module ?? "?") }]];
  return [...numbers.map((text): Line[] => [[text]]), [[kind]], [type === null ? ["memory"] : [{ name: type }]], where];
}
