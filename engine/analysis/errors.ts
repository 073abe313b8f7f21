// A reader in; the report's part on the error indicator out: what was raised where, and what was cleared or overwritten. Next:
// report.ts, queries.ts.
import type { ErrorsReport, Finding, Frame, RaisedRow } from "../../shared/documents.ts";
import type { NativeFrame } from "../../shared/gil-document.ts";
import type { RawErrorKey } from "../../shared/records.ts";
import type { ErrorReader } from "../store/error-reader.ts";
import type { Names } from "../store/names.ts";
import { callRows } from "./calls.ts";
import { frameResolver, nativeFrame, pythonResolver } from "./frames.ts";
import { minorOf } from "./lines.ts";
import type { Recorded } from "./recorded.ts";

interface Counted {
  readonly key: RawErrorKey;
  readonly count: number;
  readonly chained: number;
}

/** Undefined when the recording did not collect errors. */
export function errorsReport(reader: Recorded): ErrorsReport | undefined {
  const { errors } = reader;
  if (!errors) return undefined;
  const counted = errors.totals().flatMap(({ key: id, count, chained }): readonly Counted[] => {
    const key = errors.keys.get(id);
    return key && count > 0 ? [{ key, count, chained }] : [];
  });
  return {
    raised: raisedRows(reader, errors, counted),
    findings: findingRows(reader, counted),
    calls: callRows(reader.calls(), "errors"),
  };
}

/** Sites that look alike are one row: the same line may have several, one for each way through the C code. */
function raisedRows(reader: Recorded, errors: ErrorReader, counted: readonly Counted[]): RaisedRow[] {
  const resolve = frameResolver(reader.names, minorOf(reader.facts.target.python));
  const seconds = reader.duration / 1000;
  const rows = new Map<string, RaisedRow>();
  for (const { key, count, chained } of counted.filter((row) => row.key.act === "raised")) {
    const [type, frames] = [typeName(reader.names, key.type) ?? "?", resolve(key.site)];
    const id = JSON.stringify([type, frames]);
    const row = rows.get(id) ?? { type, count: 0, perSecond: 0, message: null, frames: [...frames], chained: 0 };
    row.count += count;
    row.chained += chained;
    row.message ??= errors.messages.get(key.id) ?? null;
    row.perSecond = seconds > 0 ? row.count / seconds : 0;
    rows.set(id, row);
  }
  return [...rows.values()].sort((a, b) => b.count - a.count);
}

const rules = { cleared: "error-cleared", overwritten: "error-overwritten" } as const;

function findingRows(reader: Recorded, counted: readonly Counted[]): Finding[] {
  const place = placeResolver(reader);
  const rows = new Map<string, Finding>();
  for (const { key, count } of counted) {
    const where = key.act === "raised" ? undefined : place(key.site);
    if (key.act === "raised" || where === undefined) continue;
    const what = { rule: rules[key.act], ...where, type: typeName(reader.names, key.type) };
    const id = JSON.stringify(what);
    const row = rows.get(id) ?? { ...what, count: 0 };
    row.count += count;
    rows.set(id, row);
  }
  return [...rows.values()].sort(bySeverity);
}

/** A clear is mostly meant, an overwritten error mostly is not. */
const bySeverity = (a: Finding, b: Finding): number =>
  Number(b.rule === "error-overwritten") - Number(a.rule === "error-overwritten") || b.count - a.count;

/** The extension that did it. The interpreter asks such questions of itself all the time: what it clears or replaces is no finding. */
function placeResolver(reader: Recorded) {
  const { names, facts } = reader;
  const resolve = pythonResolver(names, minorOf(facts.target.python));
  const extension = extensionOf(reader);
  return (id: number): Pick<Finding, "module" | "function" | "file" | "line"> | undefined => {
    const native = extension(id);
    if (!native) return undefined;
    const python: Frame | undefined = resolve(names.sites.get(id)?.frames.slice(0, 1) ?? [])[0];
    const where = { file: python?.file ?? null, line: python?.line ?? null };
    return { module: native.module, function: native.function ?? "?", ...where };
  };
}

/** Site → its place in an extension module; undefined in the interpreter itself, or where it is not known. */
export function extensionOf({ names, facts }: Recorded): (site: number) => NativeFrame | undefined {
  const look = (id: number) => {
    const site = names.sites.get(id);
    const native = site && site.native !== 0n ? nativeFrame(names, site.native) : undefined;
    const unknown = !native || native.module === "?" || isInterpreter(native.module, facts.target.executable);
    return unknown ? undefined : native;
  };
  // Each batch names the same few again.
  const known = new Map<number, NativeFrame | undefined>();
  return (id) => {
    if (!known.has(id)) known.set(id, look(id));
    return known.get(id);
  };
}

const isInterpreter = (module: string, executable: string): boolean =>
  module === executable || /(?:^|\/)libpython3[^/]*$/.test(module);

const typeName = (names: Names, type: number): string | null => (type === 0 ? null : (names.types.get(type) ?? "?"));
