// What a batch says of an audited module in, rows out inside its transaction; the addresses that want a line out. Used by
// recorder.ts; next: engine/store/audit-writer.ts.
import type { AbiModule } from "../../shared/abi-document.ts";
import type { RawAudit, SourceLine } from "../../shared/audit-records.ts";
import type { RecordingWriter } from "../store/writer.ts";
import { type Privacy, privatePath } from "./privacy.ts";

export interface AuditDefinitions {
  readonly audit: RawAudit | undefined;
}
/** An address in C code; a return address stands behind the call that is meant. */
export interface NativePlace {
  readonly address: bigint;
  readonly returns: boolean;
}

export class AuditRecorder {
  readonly #privacy: Privacy;
  #modules: AbiModule[] = [];
  #lines: { readonly address: bigint; readonly chain: readonly SourceLine[] }[] = [];

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
  }

  abi(module: AbiModule): void {
    this.#modules.push({ ...module, module: privatePath(module.module, this.#privacy) });
  }
  /** Lines come later than the batch, and wait for the next one or the end. */
  line(address: bigint, chain: readonly SourceLine[]): void {
    const files = chain.map((line) => ({ ...line, file: privatePath(line.file, this.#privacy) }));
    this.#lines.push({ address, chain: files });
  }

  write(writer: RecordingWriter, { audit }: AuditDefinitions): void {
    if (!audit) return;
    const functions = audit.functions.map((row) => ({ ...row, module: privatePath(row.module, this.#privacy) }));
    writer.audit.audit({ ...audit, functions });
  }
  writePending(writer: RecordingWriter): void {
    for (const module of this.#modules) writer.audit.abi(module);
    for (const { address, chain } of this.#lines) writer.audit.lines(address, chain);
  }
  /** What `writePending` wrote is in the file. */
  committed(): void {
    this.#modules = [];
    this.#lines = [];
  }
}

export function auditPlaces({ audit }: AuditDefinitions): readonly NativePlace[] {
  if (!audit) return [];
  const returns = [...audit.keeps, ...audit.findings, ...audit.missed].map(({ address }) => ({
    address,
    returns: true,
  }));
  const starts = audit.functions.map(({ address }) => ({ address, returns: false }));
  return [...starts, ...returns].filter(({ address }) => address !== 0n);
}
