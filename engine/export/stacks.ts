// A recording and what of it is wanted in; stacks with their weights out. Next: speedscope.ts, collapsed.ts, pprof.ts.
import type { Frame, SiteRow } from "../../shared/documents.ts";
import { type ExportContent, exportContents } from "../../shared/export-formats.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { errorsReport } from "../analysis/errors.ts";
import { gilReport } from "../analysis/gil.ts";
import { rankedSites } from "../analysis/sites.ts";
import { visible } from "../report/words.ts";
import type { RecordingReader } from "../store/reader.ts";

export interface Measure {
  readonly name: string;
  readonly unit: "count" | "bytes" | "nanoseconds";
}
export interface Stack {
  /** Innermost first. */
  readonly frames: readonly Frame[];
  /** What it is a stack of: a type, or an exception; undefined where the frames say all. */
  readonly subject: string | undefined;
  /** One a measure, whole. */
  readonly values: readonly number[];
}
export interface Stacks {
  readonly content: ExportContent;
  readonly measures: readonly Measure[];
  readonly rows: readonly Stack[];
}

/** What a recording is exported as when nothing is said: the first of these that it collected. */
export function contentOf(reader: RecordingReader, wanted: ExportContent | undefined): Result<ExportContent> {
  const { collected } = reader.facts;
  const there: Readonly<Record<ExportContent, boolean>> = {
    alive: collected.includes("lifecycle"),
    allocated: collected.includes("lifecycle"),
    gil: reader.gil !== undefined,
    errors: reader.errors !== undefined,
  };
  const content = wanted ?? exportContents.find((name) => there[name]);
  if (content !== undefined && there[content]) return ok(content);
  const needed = content === "gil" || content === "errors" ? content : "lifecycle";
  return fail("not-found", {
    what: `${content ?? "memory, GIL or errors"} in ${reader.path}`,
    advice: `Record with \`--collect ${needed}\`.`,
  });
}

export function stacksOf(reader: RecordingReader, content: ExportContent): Stacks {
  const { measures, rows } = makers[content](reader);
  return { content, measures, rows: rows.filter(({ values }) => values.some((value) => value > 0)).map(shown) };
}

type Made = Pick<Stacks, "measures" | "rows">;
const makers = {
  alive: (reader) => ({
    measures: [
      { name: "live bytes", unit: "bytes" },
      { name: "live blocks", unit: "count" },
    ],
    rows: siteStacks(reader, ({ live, liveBytes }) => [liveBytes, live]),
  }),
  allocated: (reader) => ({
    measures: [{ name: "allocations", unit: "count" }],
    rows: siteStacks(reader, ({ allocated }) => [allocated]),
  }),
  gil: (reader) => ({ measures: [{ name: "long holds", unit: "nanoseconds" }], rows: holdStacks(reader) }),
  errors: (reader) => ({
    measures: [{ name: "raised", unit: "count" }],
    rows: (errorsReport(reader)?.raised ?? []).map(({ type, frames, count }) => ({
      frames,
      subject: type,
      values: [count],
    })),
  }),
} as const satisfies Record<ExportContent, (reader: RecordingReader) => Made>;

const siteStacks = (reader: RecordingReader, valuesOf: (row: SiteRow) => readonly number[]): readonly Stack[] =>
  rankedSites(reader).rows.map((row) => ({
    frames: row.frames,
    subject: row.type ?? `${row.domain} memory`,
    values: valuesOf(row).map((value) => Math.max(0, value)),
  }));

/** The thread stands outermost. Holds whose holder could not be read have it alone. */
function holdStacks(reader: RecordingReader): readonly Stack[] {
  const report = gilReport(reader);
  const names = new Map(report?.threads.map(({ threadId, name, kernelName }) => [threadId, name ?? kernelName]));
  return (report?.longHolds ?? []).map(({ threadId, frames, ms }) => {
    const thread = { function: names.get(threadId) ?? `thread ${threadId}`, file: "", line: null };
    return { frames: [...frames, thread], subject: undefined, values: [Math.round(ms * 1e6)] };
  });
}

/** Names come from the program: none of them may move a cursor or turn a line around. */
const shown = ({ frames, subject, values }: Stack): Stack => ({
  frames: frames.map(({ function: name, file, line }) => ({ function: visible(name), file: visible(file), line })),
  subject: subject === undefined ? undefined : visible(subject),
  values: values.map((value) => Math.max(0, value)),
});
