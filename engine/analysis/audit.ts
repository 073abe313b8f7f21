// A reader of a recording that audited a module in; what its functions keep, and which rules of the C API they break, out. Next:
// report.ts, queries.ts.
import type { AuditedFunction, AuditedModule, AuditFinding, ReferencesReport } from "../../shared/audit-document.ts";
import type { FindingRule } from "../../shared/records.ts";
import { ruleWords, severity } from "../../shared/rules.ts";
import type { AuditReader, StoredKeep } from "../store/audit-reader.ts";
import { type NativePlaces, nativePlaces } from "./audit-places.ts";
import { judge } from "./keeps.ts";
import type { Recorded } from "./recorded.ts";

export interface AuditReport {
  readonly references: ReferencesReport;
  readonly errors: { readonly findings: AuditFinding[] };
}
type Audited = Pick<Recorded, "audit" | "names" | "sourceLines">;
interface Found {
  readonly rule: FindingRule;
  readonly function: number;
  readonly api: string | undefined;
  readonly type: number;
  readonly address: bigint;
  readonly count: number;
  readonly guarded: number;
}

/** Undefined when the recording audited nothing. */
export function auditReport(reader: Audited): AuditReport | undefined {
  const { audit } = reader;
  if (!audit) return undefined;
  const places = nativePlaces(reader);
  const findings = foundIn(audit)
    .map((found) => findingOf(reader, audit, found, places))
    .sort((a, b) => severity(a.rule) - severity(b.rule) || b.count - a.count);
  const ofErrors = findings.filter(({ rule }) => isOfErrors(rule));
  return {
    references: {
      modules: modulesOf(reader, audit, places),
      findings: findings.filter(({ rule }) => !isOfErrors(rule)),
    },
    errors: { findings: ofErrors },
  };
}

const errorRules: ReadonlySet<FindingRule> = new Set([
  "result-with-error",
  "null-without-error",
  "called-with-error",
  "unchecked-error",
  "error-overwritten",
  "error-cleared",
]);
const isOfErrors = (rule: FindingRule): boolean => errorRules.has(rule);

/** A method is named after its type: `Parser.feed`. */
const isMethod = (audit: AuditReader, id: number): boolean => audit.functions.get(id)?.name.includes(".") ?? false;

/** What the agent saw break, and what is kept at each call. */
function foundIn(audit: AuditReader): readonly Found[] {
  const kept = audit.keeps.flatMap((keep): readonly Found[] => {
    const { rule } = judge(keep, isMethod(audit, keep.function));
    const { function: of, api, type, address, references } = keep;
    return rule ? [{ rule, function: of, api, type, address, count: Math.abs(references), guarded: 0 }] : [];
  });
  const same = (a: Found, b: Found) => a.rule === b.rule && a.function === b.function && a.type === b.type;
  return [...kept, ...audit.findings.filter((row) => row.count > 0 && !kept.some((one) => same(one, row)))];
}

function findingOf({ names }: Audited, audit: AuditReader, found: Found, places: NativePlaces): AuditFinding {
  const { rule, api, count, guarded } = found;
  const of = audit.functions.get(found.function);
  const native = places.chainOf(found.address, of?.address ?? 0n);
  const name = of?.name ?? native[0]?.function ?? "?";
  const { broke, fix, section } = ruleWords[rule];
  const type = typeName(names, found.type);
  return {
    rule,
    module: of?.module ?? places.moduleOf(found.address) ?? "?",
    function: name,
    ...places.lineOf(native),
    count,
    type,
    api: api ?? null,
    native,
    guarded,
    sentence: `${name} ${broke}${detail(type, api)}.${guarded > 0 ? " The guard kept the object alive." : ""}`,
    fix,
    documentation: section,
  };
}

function detail(type: string | null, api: string | undefined): string {
  const words = [...(type === null ? [] : [type]), ...(api === undefined ? [] : [`in ${api}`])];
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

const typeName = (names: Recorded["names"], type: number): string | null =>
  type === 0 ? null : (names.types.get(type) ?? "?");

function modulesOf(reader: Audited, audit: AuditReader, places: NativePlaces): AuditedModule[] {
  const paths = new Set([...audit.functions.values()].map(({ module }) => module));
  const missed = audit.missed.map(({ api, calls, address }) => {
    const native = places.chainOf(address, 0n);
    return { api, calls, function: native.at(-1)?.function ?? null, ...places.lineOf(native) };
  });
  const known = paths.size === 0 ? [audit.module] : [...paths];
  return known.map((module, at) => ({
    module,
    entryPoints: audit.entryPoints ?? null,
    // They name no module of their own.
    missed: at === 0 ? missed : [],
    functions: functionRows(reader, audit, module, places),
    abi: audit.abi.find((facts) => facts.module === module) ?? null,
  }));
}

function functionRows({ names }: Audited, audit: AuditReader, module: string, places: NativePlaces): AuditedFunction[] {
  const keeps = Map.groupBy(audit.keeps, ({ function: of }) => of);
  const rows = [...audit.functions.values()]
    .filter((of) => of.module === module && of.calls > 0)
    .flatMap(({ id, name, calls, address }): readonly AuditedFunction[] => {
      const keptRow = (keep: StoredKeep): AuditedFunction => {
        const { perCall, confidence } = judge(keep, isMethod(audit, id));
        const at = places.lineOf(places.chainOf(keep.address, address));
        const { role, api } = keep;
        const rest = { type: typeName(names, keep.type), confidence, role, api: api ?? null, ...at };
        // Of these roles only the calls that kept something are in the row.
        const keepsPerCall = role === "refused" || role === "global" ? keep.references / calls : perCall;
        return { function: name, calls, keepsPerCall, ...rest };
      };
      const kept = (keeps.get(id) ?? []).filter(({ references }) => references !== 0).map(keptRow);
      const nothing = { type: null, confidence: sureOfNothing(calls), role: null, api: null };
      const at = places.lineOf(places.chainOf(0n, address));
      return kept.length > 0 ? kept : [{ function: name, calls, keepsPerCall: 0, ...nothing, ...at }];
    });
  const leak = ({ keepsPerCall, confidence }: AuditedFunction) => (keepsPerCall === 0 ? 0 : confidence);
  return rows.sort((a, b) => leak(b) - leak(a) || b.calls - a.calls);
}

const sureOfNothing = (calls: number): number => Math.min(1, calls / 5);
