// What an audit counted, as the engine has it: ids, addresses as bigints, nothing judged. Next: engine/recorder stores it, engine/analysis judges.
import type { FindingRule } from "./records.ts";

export interface RawAuditedFunction {
  readonly id: number;
  /** Path of the module's file. */
  readonly module: string;
  readonly name: string;
  readonly address: bigint;
  readonly calls: number;
}
/** Comments on these: audit-protocol.ts. `address` is 0n when not known. */
export interface RawKeep {
  readonly function: number;
  readonly role: string;
  readonly api: string | undefined;
  readonly type: number;
  readonly references: number;
  readonly calls: number;
  readonly consistent: number;
  readonly address: bigint;
}
export interface RawAuditFinding {
  readonly rule: FindingRule;
  readonly function: number;
  readonly api: string | undefined;
  readonly type: number;
  readonly address: bigint;
  readonly count: number;
  readonly guarded: number;
}
export interface RawMissed {
  readonly api: string;
  readonly calls: number;
  readonly address: bigint;
}
/** Counts are since arming; rows that did not change are left out. */
export interface RawAudit {
  readonly functions: readonly RawAuditedFunction[];
  readonly keeps: readonly RawKeep[];
  readonly findings: readonly RawAuditFinding[];
  readonly missed: readonly RawMissed[];
  readonly entryPoints: number;
}

/** A place in a source file; several for one address are the functions inlined there, the innermost first. */
export interface SourceLine {
  readonly function: string | undefined;
  readonly file: string;
  readonly line: number;
}
