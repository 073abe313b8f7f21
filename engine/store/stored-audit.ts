// A file for reading in; what an audit counted and the source lines of addresses, out. Used by reader.ts.
import * as v from "valibot";
import { type AbiModule, abiModule } from "../../shared/abi-document.ts";
import type { RawAuditedFunction, RawAuditFinding, RawMissed, SourceLine } from "../../shared/audit-records.ts";
import { findingRules } from "../../shared/records.ts";
import type { AuditReader, SourceLines, StoredKeep } from "./audit-reader.ts";
import {
  boundedBlob,
  boundedText,
  bytesAt,
  mostRows,
  numberAt,
  type Row,
  readableRow,
  readableRows,
  type Source,
  textAt,
} from "./rows.ts";

/** Deeper inlining than this is no compiler's. */
const deepest = 64;
const mostModules = 100;
const textOrNull = (column: string) => `iif(${column} IS NULL, NULL, ${boundedText(column)})`;
const limit = `LIMIT ${mostRows}`;

export class StoredAudit implements AuditReader {
  readonly module: string;
  readonly guard: boolean;
  readonly entryPoints: number | undefined;
  readonly functions: ReadonlyMap<number, RawAuditedFunction>;
  readonly keeps: readonly StoredKeep[];
  readonly findings: readonly RawAuditFinding[];
  readonly missed: readonly RawMissed[];
  readonly abi: readonly AbiModule[];

  constructor(source: Source, asked: { readonly module: string; readonly guard: boolean }) {
    this.module = asked.module;
    this.guard = asked.guard;
    const state = readableRow(source, "SELECT entry_points FROM audit_state WHERE id = 1");
    this.entryPoints = state && numberAt(state, 0);
    this.functions = readFunctions(source);
    this.keeps = readKeeps(source);
    this.findings = readFindings(source);
    this.missed = readMissed(source);
    this.abi = readAbi(source);
  }
}

function readFunctions(source: Source): ReadonlyMap<number, RawAuditedFunction> {
  const query = `SELECT audit_function.id, ${boundedText("m.text")}, ${boundedText("n.text")}, ${boundedText("address")}, calls
    FROM audit_function JOIN name m ON m.id = module JOIN name n ON n.id = audit_function.name ${limit}`;
  const read = (row: Row): RawAuditedFunction => ({
    id: numberAt(row, 0),
    module: textAt(row, 1),
    name: textAt(row, 2),
    address: addressAt(row, 3),
    calls: numberAt(row, 4),
  });
  return new Map(Array.from(readableRows(source, query), (row) => [numberAt(row, 0), read(row)]));
}

function readKeeps(source: Source): readonly StoredKeep[] {
  const query = `SELECT audit_keep.function, ${boundedText("r.text")}, ${textOrNull("a.text")}, type, kept, most, calls, consistent,
    ${boundedText("address")} FROM audit_keep JOIN name r ON r.id = role LEFT JOIN name a ON a.id = api ${limit}`;
  return Array.from(readableRows(source, query), (row) => ({
    function: numberAt(row, 0),
    role: textAt(row, 1),
    api: apiAt(row, 2),
    type: numberAt(row, 3),
    references: numberAt(row, 4),
    most: numberAt(row, 5),
    calls: numberAt(row, 6),
    consistent: numberAt(row, 7),
    address: addressAt(row, 8),
  }));
}

function readFindings(source: Source): readonly RawAuditFinding[] {
  const query = `SELECT rule, audit_finding.function, ${textOrNull("a.text")}, type, ${boundedText("address")}, count, guarded
    FROM audit_finding LEFT JOIN name a ON a.id = api ${limit}`;
  return Array.from(readableRows(source, query)).flatMap((row): readonly RawAuditFinding[] => {
    const rule = findingRules[numberAt(row, 0)];
    const [of, type, count, guarded] = [numberAt(row, 1), numberAt(row, 3), numberAt(row, 5), numberAt(row, 6)];
    return rule ? [{ rule, function: of, api: apiAt(row, 2), type, address: addressAt(row, 4), count, guarded }] : [];
  });
}

function readMissed(source: Source): readonly RawMissed[] {
  const query = `SELECT ${boundedText("a.text")}, ${boundedText("address")}, calls FROM audit_missed JOIN name a ON a.id = api
    ORDER BY calls DESC ${limit}`;
  return Array.from(readableRows(source, query), (row) => ({
    api: textAt(row, 0),
    address: addressAt(row, 1),
    calls: numberAt(row, 2),
  }));
}

/** Anybody may have written them. */
function readAbi(source: Source): readonly AbiModule[] {
  const query = `SELECT ${boundedBlob("facts")} FROM audit_abi ORDER BY module LIMIT ${mostModules}`;
  return Array.from(readableRows(source, query)).flatMap((row): readonly AbiModule[] => {
    const facts = v.safeParse(abiModule, parsed(bytesAt(row, 0)));
    return facts.success ? [facts.output] : [];
  });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

export function readSourceLines(source: Source): SourceLines {
  const query = `SELECT ${boundedText("address")}, ${textOrNull("n.text")}, ${boundedText("f.text")}, line FROM source_line
    JOIN name f ON f.id = file LEFT JOIN name n ON n.id = function WHERE depth < ${deepest} ORDER BY address, depth ${limit}`;
  const lines = new Map<bigint, SourceLine[]>();
  for (const row of readableRows(source, query)) {
    const chain = lines.get(addressAt(row, 0)) ?? [];
    chain.push({ function: apiAt(row, 1), file: textAt(row, 2), line: numberAt(row, 3) });
    lines.set(addressAt(row, 0), chain);
  }
  return lines;
}

const apiAt = (row: Row, column: number): string | undefined =>
  typeof row[column] === "string" ? textAt(row, column) : undefined;

function addressAt(row: Row, column: number): bigint {
  const text = textAt(row, column);
  return /^0x[0-9a-f]{1,16}$/.test(text) ? BigInt(text) : 0n;
}
