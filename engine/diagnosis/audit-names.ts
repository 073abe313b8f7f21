// A candidate and what an audit found in; the functions that the audit accuses of it, the surest first, out. Used by naming.ts.
import { basename } from "node:path";
import type { AuditedFunction, AuditFinding } from "../../shared/audit-document.ts";
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { Candidate, Named } from "./candidate.ts";

const leaks: ReadonlySet<string> = new Set(["leaked-reference", "extra-reference"]);
/** A row that is no finding accuses only when it is nearly one. */
const nearly = 0.55;

export function auditNames(candidate: Candidate, { references, seconds }: AuditDocument): readonly Named[] {
  const rows = references.modules.flatMap(({ module, functions }) => functions.map((row) => ({ module, row })));
  const found = references.findings
    .filter(({ rule }) => leaks.has(rule))
    .flatMap((finding) => {
      const row = rows.find(({ row: one }) => one.function === finding.function && one.type === finding.type)?.row;
      return namedBy(candidate, finding, row, seconds);
    });
  const told = new Set(references.findings.map(({ function: name }) => name));
  const hinted = rows
    .filter(({ row }) => row.keepsPerCall > 0 && row.confidence >= nearly && !told.has(row.function))
    .flatMap(({ module, row }) => hintedBy(candidate, module, row, seconds));
  const freed = rows.flatMap(({ module, row }) => deallocOf(candidate, module, row, seconds));
  const named = [...found, ...hinted, ...freed].sort((a, b) => b.sure - a.sure);
  return named.length > 0 ? named : calledAsOften(candidate, references.modules, seconds);
}

/** Each instance of a type of the heap holds a reference to it, which its tp_dealloc gives back: where the count rises as often as that runs, it does not. */
function deallocOf(candidate: Candidate, module: string, row: AuditedFunction, seconds: number): readonly Named[] {
  const { heapType } = candidate;
  if (heapType === undefined || row.function !== deallocName(heapType)) return [];
  const often = row.calls / Math.max(0.1, seconds);
  if (row.calls < fewestCalls || !isAlike(often, candidate.perSecond)) return [];
  return [
    {
      blame: { module, function: row.function, native: null, file: row.file, line: row.line },
      perCall: candidate.perSecond / often,
      sure: 0.92,
      sentence: `${row.function} of ${basename(module)} was called ${round(often)} times a second, as often as the type gains a reference: it does not give back the one that the instance held.`,
    },
  ];
}

/** Where nothing is kept that an audit counts: functions that are called once for each that stays. */
function calledAsOften(
  candidate: Candidate,
  modules: AuditDocument["references"]["modules"],
  seconds: number,
): readonly Named[] {
  if (candidate.kind !== "native-memory" && candidate.kind !== "unreachable") return [];
  // Who allocates it is known.
  if (candidate.allocationSite[0]?.line === null) return [];
  const rows = modules
    .filter(({ module }) => candidate.modules.includes(module))
    .flatMap(({ module, functions }) => functions.map((row) => ({ module, row })));
  const once = rows.filter(({ row }, at) => rows.findIndex((other) => other.row.function === row.function) === at);
  const alike = once.filter(({ row }) => row.calls >= fewestCalls && isAlike(row.calls / seconds, candidate.perSecond));
  return alike.map(({ module, row }) => ({
    blame: { module, function: row.function, native: null, file: row.file, line: row.line },
    perCall: candidate.perSecond / (row.calls / seconds),
    sure: 0.55 / alike.length,
    sentence: `Audited for ${round(seconds)} s, ${row.function} of ${basename(module)} was called ${round(row.calls / seconds)} times a second, as often as one stays; that it keeps it was not seen.`,
  }));
}

const fewestCalls = 50;
const isAlike = (one: number, other: number): boolean => Math.abs(one - other) <= 0.1 * Math.max(one, other);

function namedBy(
  candidate: Candidate,
  finding: AuditFinding,
  row: AuditedFunction | undefined,
  seconds: number,
): readonly Named[] {
  const perSecond = finding.count / Math.max(seconds, 0.1);
  const alike = likeness(candidate, finding.type, finding.function, perSecond);
  if (alike === 0) return [];
  const { module, function: name, file, line, native } = finding;
  const calls = row ? `, at each of ${row.calls} calls ${round(row.keepsPerCall)}` : "";
  return [
    {
      blame: { module, function: name, native: native.at(-1)?.function ?? null, file, line },
      perCall: row?.keepsPerCall,
      sure: 0.95 * alike,
      sentence: `Audited for ${round(seconds)} s, ${name} of ${basename(module)} kept ${finding.count} references to ${finding.type ?? "memory"}${calls} (${finding.rule}).`,
    },
  ];
}

function hintedBy(candidate: Candidate, module: string, row: AuditedFunction, seconds: number): readonly Named[] {
  const perSecond = (row.keepsPerCall * row.calls) / Math.max(seconds, 0.1);
  const alike = likeness(candidate, row.type, row.function, perSecond);
  if (alike === 0) return [];
  return [
    {
      blame: { module, function: row.function, native: null, file: row.file, line: row.line },
      perCall: row.keepsPerCall,
      sure: row.confidence * 0.8 * alike,
      sentence: `Audited for ${round(seconds)} s, ${row.function} of ${basename(module)} kept ${round(row.keepsPerCall)} references to ${row.type ?? "memory"} at each of ${row.calls} calls.`,
    },
  ];
}

/** 0: of something else. The rate tells whether it is all of it or a part. */
function likeness(candidate: Candidate, type: string | null, name: string, perSecond: number): number {
  const { heapType } = candidate;
  // Who forgot a reference to a type says that it was a type, and its tp_dealloc which one.
  if (heapType !== undefined && name.endsWith(".tp_dealloc") && name !== deallocName(heapType)) return 0;
  const ofType = heapType !== undefined && name.startsWith(`${lastWord(heapType)}.`);
  const same = ofType || sameType(candidate.type, type) || (candidate.type === null && type === null);
  if (!same) return 0;
  const part = Math.min(perSecond, candidate.perSecond) / Math.max(perSecond, candidate.perSecond, 0.001);
  return part >= 0.7 ? 1 : part >= 0.2 ? 0.9 : 0.7;
}

const deallocName = (type: string): string => `${lastWord(type)}.tp_dealloc`;
const sameType = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && (one === other || lastWord(one) === lastWord(other));
const lastWord = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
const round = (value: number): string => String(Number(value.toFixed(value < 10 ? 2 : 0)));
