// A reader and marks in; what each type and site grew by from mark to mark, out. Next: queries-marks.ts, report.ts.
import type { Report } from "../../shared/documents.ts";
import type { IntervalRow, Intervals, Mark, WishedMark } from "../../shared/marks.ts";
import type { RecordingReader } from "../store/reader.ts";
import type { StoredMark } from "../store/stored-marks.ts";
import { type Between, cutNear, endOf, growthBetween } from "./between.ts";
import type { Views } from "./views.ts";

/** Where nobody set a mark. */
const generations = 8;
const shortestGenerationMs = 500;
const reportRows = 1000;

export const markOf = ({ t, name, live }: StoredMark): Mark => ({ at: t / 1000, name, live });

/** What the report has of marks: nothing where there are none. */
export function markedPart(
  reader: RecordingReader,
  wished: readonly WishedMark[] | undefined,
  views: Views,
): Pick<Report, "marks" | "intervals"> {
  const marks = wished?.map(named).toSorted((a, b) => a.at - b.at) ?? reader.marks().map(markOf);
  return marks.length === 0 ? {} : { marks, intervals: intervalsBetween(reader, marks, reportRows, false, views) };
}

/** `at`: other marks than its own. */
export function intervalsOf(
  reader: RecordingReader,
  at: readonly number[] | undefined,
  limit: number,
  views: Views,
): Intervals {
  const marks = at?.map((one) => named({ at: one })).toSorted((a, b) => a.at - b.at) ?? reader.marks().map(markOf);
  const automatic = at === undefined && marks.length === 0;
  return intervalsBetween(reader, automatic ? generationsOf(reader) : marks, limit, automatic, views);
}

const named = ({ at, name }: WishedMark): Mark => ({ at, name: name ?? `${at} s`, live: false });

function generationsOf({ duration }: RecordingReader): readonly Mark[] {
  const count = Math.max(1, Math.min(generations, Math.floor(duration / shortestGenerationMs)));
  return Array.from({ length: count - 1 }, (_, at) => ({
    ...{ at: ((at + 1) * duration) / count / 1000, name: String(at + 2), live: false },
  }));
}

function intervalsBetween(
  reader: RecordingReader,
  marks: readonly Mark[],
  limit: number,
  automatic: boolean,
  views: Views,
): Intervals {
  const cuts = marks.map(({ at }) => cutNear(reader, Math.round(at * 1000)));
  const ends = [0, ...cuts, endOf(reader)];
  const groups = views.siteGroups;
  const sums = growthBetween(reader, groups, ends);
  const spans = ends.length - 1;
  const told = (column: Float64Array, group: number) =>
    valuesOf(column.subarray(group * spans, (group + 1) * spans), ends);
  const rows = groups.rows.flatMap(({ what }, group) => {
    const [objects, bytes] = [told(sums.objects, group), told(sums.bytes, group)];
    if (![...objects, ...bytes].some((value) => value !== null && value !== 0)) return [];
    return [rankedRow({ ...what, frames: [...what.frames], objects, bytes, steady: isSteady(objects, bytes) })];
  });
  rows.sort(bySteadiness);
  return {
    intervals: Array.from({ length: spans }, (_, at) => ({
      ...{ from: (ends[at] ?? 0) / 1000, to: (ends[at + 1] ?? 0) / 1000 },
      ...{ fromMark: marks[at - 1]?.name ?? null, toMark: marks[at]?.name ?? null },
    })),
    automatic,
    total: totalOf(sums, ends),
    rows: rows.slice(0, limit).map(({ row }) => row),
    of: rows.length,
  };
}

const totalOf = ({ total }: Between, ends: readonly number[]): Intervals["total"] => ({
  objects: valuesOf(total.objects, ends),
  bytes: valuesOf(total.bytes, ends),
});

/** Two marks in one chunk have nothing between them that the recording tells. */
const valuesOf = (values: Float64Array, ends: readonly number[]): (number | null)[] =>
  Array.from(values, (value, at) => ((ends[at + 1] ?? 0) > (ends[at] ?? 0) ? value : null));

function isSteady(objects: readonly (number | null)[], bytes: readonly (number | null)[]): boolean {
  const grew = (values: readonly (number | null)[]) => {
    const later = values.slice(1).filter((value) => value !== null);
    return later.length > 0 && later.every((value) => value > 0);
  };
  return grew(objects) || grew(bytes);
}

interface Ranked {
  readonly row: IntervalRow;
  readonly later: number;
  readonly laterObjects: number;
  readonly all: number;
}
const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
const rankedRow = (row: IntervalRow): Ranked => ({
  ...{ row, all: sum(row.bytes) },
  ...{ later: sum(row.bytes.slice(1)), laterObjects: sum(row.objects.slice(1)) },
});
const bySteadiness = (a: Ranked, b: Ranked): number =>
  Number(b.row.steady) - Number(a.row.steady) || b.later - a.later || b.laterObjects - a.laterObjects || b.all - a.all;
