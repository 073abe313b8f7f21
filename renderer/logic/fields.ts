// Rows that only the page shows in, their fields for its filters out; those of every door stand in shared/filter/fields.ts. Next: views.
import type { AuditedFunction, AuditFinding } from "../../shared/audit-document.ts";
import type { ComparisonRow } from "../../shared/comparison-document.ts";
import { moduleOf, number, placed, words } from "../../shared/filter/fields.ts";
import type { Fields } from "../../shared/filter/filter.ts";
import type { HeapComparison, HeapTypeRow, WhyDocument } from "../../shared/heap-views.ts";
import type { RedactionPreview } from "../../shared/library.ts";
import type { SurvivorRow } from "../../shared/survivors.ts";
import type { Change } from "./history.ts";
import type { LibraryRow } from "./library.ts";

export const functionFields: Fields<AuditedFunction> = {
  function: words((row) => [row.function]),
  type: words((row) => [row.type]),
  api: words((row) => [row.api]),
  file: words((row) => [row.file]),
  role: words((row) => [row.role]),
  calls: number("count", (row) => row.calls),
  keeps: number("count", (row) => row.keepsPerCall),
};

/** At least, where only bounds are known. */
export const survivorFields: Fields<SurvivorRow> = {
  ...placed,
  allocated: number("count", (row) => row.allocated),
  alive: number("count", (row) => row.alive.atLeast),
  size: number("bytes", (row) => row.aliveBytes.atLeast),
};

export const comparisonFields: Fields<ComparisonRow> = {
  type: words((row) => [row.type]),
  module: words((row) => [row.type === null ? null : moduleOf(row.type)]),
  function: words((row) => row.site.map((frame) => frame.function)),
  file: words((row) => row.site.map((frame) => frame.file)),
  verdict: words((row) => [row.verdict]),
  unit: words((row) => [row.unit]),
  a: number("count", (row) => row.a),
  b: number("count", (row) => row.b),
  delta: number("count", (row) => row.delta),
  noise: number("count", (row) => row.noise),
};

export const findingFields: Fields<AuditFinding> = {
  rule: words((row) => [row.rule]),
  function: words((row) => [row.function]),
  type: words((row) => [row.type]),
  api: words((row) => [row.api]),
  file: words((row) => [row.file]),
  count: number("count", (row) => row.count),
};

export const holderFields: Fields<WhyDocument["holders"][number]> = {
  type: words((row) => [row.type]),
  module: words((row) => [moduleOf(row.type)]),
  by: words((row) => [row.edge]),
  references: number("count", (row) => row.references),
  retained: number("bytes", (row) => row.retained),
};

export const heapTypeFields: Fields<HeapTypeRow> = {
  type: words((row) => [row.type]),
  module: words((row) => [moduleOf(row.type)]),
  objects: number("count", (row) => row.count),
  size: number("bytes", (row) => row.bytes),
  retained: number("bytes", (row) => row.retained),
  unexplained: number("count", (row) => row.unexplainedReferences),
  unreachable: number("count", (row) => row.unreachable),
};

export const comparedFields: Fields<HeapComparison["rows"][number]> = {
  type: words((row) => [row.type]),
  module: words((row) => [moduleOf(row.type)]),
  new: number("count", (row) => row.new.objects),
  dead: number("count", (row) => row.dead.objects),
  survived: number("count", (row) => row.survived.objects),
  delta: number("count", (row) => row.delta.objects),
  bytes: number("bytes", (row) => row.delta.bytes),
};

export const changeFields: Fields<Change> = {
  function: words(({ event: { python, native } }) => [python?.function, ...native.map((frame) => frame.function)]),
  file: words(({ event: { python, native } }) => [python?.file, ...native.map((frame) => frame.file)]),
  module: words(({ event: { native } }) => native.map((frame) => frame.module)),
  thread: words(({ event }) => [String(event.threadId)]),
  delta: number("count", ({ event }) => event.delta),
  count: number("count", ({ event }) => event.refcount),
};

export const recordingFields: Fields<LibraryRow> = {
  name: words((row) => [row.name]),
  state: words((row) => [row.status]),
  program: words((row) => [row.target]),
  python: words((row) => [row.python]),
  tag: words((row) => row.tags),
  build: words((row) => row.build ?? []),
  problem: words((row) => [row.problem]),
  size: number("bytes", (row) => row.bytes),
  length: number("seconds", (row) => row.seconds),
  dropped: number("count", (row) => row.dropped),
};

export const replacedFields: Fields<RedactionPreview["replaced"][number]> = {
  kind: words((row) => [row.what]),
  was: words((row) => [row.from]),
  becomes: words((row) => [row.to]),
};
