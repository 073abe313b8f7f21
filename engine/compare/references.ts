// What two audits counted of one module in; a row a function that keeps or breaks something in one of them out. Next: comparison.ts.
import type { ComparisonRow } from "../../shared/comparison-document.ts";
import { baseName, portableFile } from "./identity.ts";
import { judgeRates } from "./judge.ts";
import type { AuditedModuleSide, Side } from "./side.ts";

type Row = AuditedModuleSide["functions"][number];

/** Fewer calls say nothing of a function. */
const fewestCalls = 5;

export interface ComparedReferences {
  readonly rows: readonly ComparisonRow[];
  readonly reasons: readonly string[];
}

export function compareReferences({ audited: a = [] }: Side, { audited: b = [] }: Side): ComparedReferences {
  const near = new Map(b.map((side) => [portableFile(side.module), side]));
  const far = new Map(b.map((side) => [baseName(portableFile(side.module)), side]));
  const parts = a.flatMap((side) => {
    const file = portableFile(side.module);
    const other = near.get(file) ?? far.get(baseName(file));
    return other ? [compareModule(side, other)] : [];
  });
  const reasons = parts.length === 0 && a.length > 0 ? ["The two recordings audited different modules."] : [];
  return { rows: parts.flatMap(({ rows }) => rows), reasons: [...reasons, ...parts.flatMap((part) => part.reasons)] };
}

function compareModule(a: AuditedModuleSide, b: AuditedModuleSide): ComparedReferences {
  const [rowsA, rowsB] = [a, b].map(({ functions }) => Map.groupBy(functions, keyOf));
  const callsIn = (side: AuditedModuleSide, name: string) =>
    side.functions.find((row) => row.function === name)?.calls ?? 0;
  const keys = new Set([...(rowsA?.keys() ?? []), ...(rowsB?.keys() ?? [])]);
  const compared = [...keys].map((key) => ({ a: rowsA?.get(key)?.[0], b: rowsB?.get(key)?.[0] }));
  const called = compared.filter((pair) => {
    const name = (pair.a ?? pair.b)?.function ?? "";
    return callsIn(a, name) >= fewestCalls && callsIn(b, name) >= fewestCalls;
  });
  const uncalled = compared.filter((pair) => !called.includes(pair) && (pair.a?.leaks || pair.b?.leaks));
  return {
    rows: called.flatMap((pair) => rowOf(pair.a, pair.b) ?? []),
    reasons: uncalled.map((pair) => `\`${(pair.a ?? pair.b)?.function}\` was called in one recording alone.`),
  };
}

const keyOf = ({ function: name, type, role }: Row): string => JSON.stringify([name, type, role]);

/** Undefined where neither keeps anything. */
function rowOf(a: Row | undefined, b: Row | undefined): ComparisonRow | undefined {
  const [before, after] = [a?.keepsPerCall ?? 0, b?.keepsPerCall ?? 0];
  const shown = Math.abs(after) >= Math.abs(before) ? (b ?? a) : (a ?? b);
  if (!shown || (before === 0 && after === 0)) return undefined;
  const rate = (row: Row | undefined, keeps: number) => ({
    perSecond: Math.abs(keeps),
    noise: 0,
    grows: row?.leaks === true && keeps !== 0,
  });
  return {
    ...judgeRates(rate(a, before), rate(b, after)),
    type: shown.type,
    site: [{ function: shown.function, file: shown.file ?? "", line: shown.line }],
    ...{ a: before, b: after, delta: after - before, unit: "references/call", noise: 0 },
  };
}
