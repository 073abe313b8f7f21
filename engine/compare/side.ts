// A reader in; one side of a comparison out: what grew where, how fast, and what the audit counted. Next: comparison.ts, merge.ts.
import type { AuditedFunction } from "../../shared/audit-document.ts";
import type { ComparisonUnit } from "../../shared/comparison-document.ts";
import type { DiagnosisDocument } from "../../shared/diagnosis-document.ts";
import { auditReport } from "../analysis/audit.ts";
import { cutNear } from "../analysis/between.ts";
import { FrameLists } from "../analysis/frame-lists.ts";
import { type Groups, groupKeys } from "../analysis/groups.ts";
import { minorOf } from "../analysis/lines.ts";
import { type Timeline, timelineOf } from "../analysis/timeline.ts";
import { timelineWithin } from "../analysis/timeline-within.ts";
import { Views } from "../analysis/views.ts";
import type { RecordingReader } from "../store/reader.ts";
import { type MarkedSide, markedSide, type PlaceGroup } from "./marked.ts";
import { leastBytes, leastObjects, type Rate, rateOf } from "./rates.ts";

export interface GrowthRow extends PlaceGroup {
  readonly objects: Rate;
  readonly bytes: Rate;
}
export interface AuditedModuleSide {
  readonly module: string;
  readonly functions: readonly (AuditedFunction & { readonly leaks: boolean })[];
}
export interface Side {
  readonly path: string;
  readonly startedAt: string;
  readonly python: string;
  readonly seconds: number;
  readonly runs: number;
  readonly produced: number;
  readonly dropped: number;
  readonly damaged: boolean;
  readonly collected: readonly string[];
  readonly notes: readonly string[];
  /** Undefined where memory was not followed. */
  readonly growth: readonly GrowthRow[] | undefined;
  /** Undefined where no module was audited. */
  readonly audited: readonly AuditedModuleSide[] | undefined;
  /** Undefined where nobody set a mark, or asked for it. */
  readonly marked: MarkedSide | undefined;
  /** The marks between which it is told; undefined for the whole recording. */
  readonly within: Pick<Span, "from" | "to"> | undefined;
  /** The verdict that the recording keeps. */
  readonly diagnosis: DiagnosisDocument | undefined;
}

/** Names of two marks, and where they are in milliseconds. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Groups whose growth is told; the ones that hold the most. */
const mostGroups = 20_000;

export function sideOf(
  reader: RecordingReader,
  per: ComparisonUnit = "second",
  views: Pick<Views, "verified"> = new Views(reader, false),
  timeline = (groups: Groups<PlaceGroup>) => timelineOf(reader, groups),
): Side {
  const { facts } = reader;
  const groups = facts.collected.includes("lifecycle") ? placeGroups(reader) : undefined;
  const growth = groups && growthRows(groups, timeline(groups));
  const marked = groups && per === "mark" ? markedSide(reader, groups) : undefined;
  const damaged = views.verified === "damaged";
  const { produced, dropped, notObserved } = reader.recording();
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
  return {
    path: reader.path,
    startedAt: facts.startedAt,
    python: facts.target.python,
    seconds: reader.duration / 1000,
    runs: 1,
    produced: sum(produced),
    dropped: sum(dropped),
    damaged,
    collected: facts.collected,
    notes: notObserved,
    growth,
    audited: auditedModules(reader),
    marked,
    within: undefined,
    diagnosis: reader.diagnosis(),
  };
}

/** Between two marks: what an audit counted or a diagnosis said is of the whole recording. */
export function sideWithin(reader: RecordingReader, span: Span, views: Pick<Views, "verified">): Side {
  const [from, to] = [cutNear(reader, span.fromMs), cutNear(reader, span.toMs)];
  const whole = sideOf(reader, "second", views, (groups) => timelineWithin(reader, groups, from, to));
  return {
    ...whole,
    ...{ seconds: (to - from) / 1000, within: { from: span.from, to: span.to } },
    ...{ audited: undefined, diagnosis: undefined },
  };
}

/** By type and innermost frame: how deep the stacks are must not matter. */
export const placeGroups = (reader: RecordingReader): Groups<PlaceGroup> => largest(siteGroups(reader));

function growthRows(groups: Groups<PlaceGroup>, { times, live, liveBytes }: Timeline): readonly GrowthRow[] {
  return groups.rows.map(({ what }, group) => {
    const part = (column: Float64Array) => column.subarray(group * times.length, (group + 1) * times.length);
    return {
      ...what,
      objects: rateOf(times, part(live), leastObjects),
      bytes: rateOf(times, part(liveBytes), leastBytes),
    };
  });
}

function siteGroups(reader: RecordingReader): Groups<PlaceGroup> {
  const lists = new FrameLists(reader.names, minorOf(reader.facts.target.python));
  return groupKeys(reader.totals, (id) => {
    const key = reader.names.keys.get(id);
    const type = key && key.type !== 0 ? (reader.names.types.get(key.type) ?? "?") : null;
    const domain = key?.domain ?? "raw";
    const frames = lists.of(key?.site ?? 0, 1);
    const place = { type, domain, frame: frames.list[0] };
    return { id: lists.with(frames, type, domain), what: { place, frames: frames.list } };
  });
}

function largest({ rows, groupOf }: Groups<PlaceGroup>): Groups<PlaceGroup> {
  if (rows.length <= mostGroups) return { rows, groupOf };
  const order = [...rows.keys()].sort((a, b) => (rows[b]?.sums.liveBytes ?? 0) - (rows[a]?.sums.liveBytes ?? 0));
  const place = new Map(order.slice(0, mostGroups).map((group, at) => [group, at]));
  const kept = order.slice(0, mostGroups).flatMap((group) => rows[group] ?? []);
  return { rows: kept, groupOf: groupOf.map((group) => place.get(group) ?? -1) };
}

function auditedModules(reader: RecordingReader): readonly AuditedModuleSide[] | undefined {
  const audited = auditReport(reader);
  if (!audited) return undefined;
  const { modules, findings } = audited.references;
  const leaking = new Set(findings.map((found) => JSON.stringify([found.module, found.function])));
  return modules.map(({ module, functions }) => ({
    module,
    functions: functions.map((row) => ({ ...row, leaks: leaking.has(JSON.stringify([module, row.function])) })),
  }));
}
