// What a recording that audited a module says, as an interface: stored-audit.ts reads it from a file. Next: engine/analysis.
import type { AbiModule } from "../../shared/abi-document.ts";
import type {
  RawAuditedFunction,
  RawAuditFinding,
  RawKeep,
  RawMissed,
  SourceLine,
} from "../../shared/audit-records.ts";

export interface StoredKeep extends RawKeep {
  /** The most references it kept at any time of the recording. */
  readonly most: number;
}
export interface AuditReader {
  /** As it was asked for. */
  readonly module: string;
  readonly guard: boolean;
  /** Functions that could be followed; undefined when nothing came yet. */
  readonly entryPoints: number | undefined;
  readonly functions: ReadonlyMap<number, RawAuditedFunction>;
  readonly keeps: readonly StoredKeep[];
  readonly findings: readonly RawAuditFinding[];
  readonly missed: readonly RawMissed[];
  readonly abi: readonly AbiModule[];
}
/** By address; the innermost of what was inlined there first. */
export type SourceLines = ReadonlyMap<bigint, readonly SourceLine[]>;
