// What the agent tells of an audited module in, the same in the engine's words out. Used by inbox.ts; next: engine/recorder.
import type { AuditMessage } from "../../shared/audit-protocol.ts";
import type { RawAudit } from "../../shared/audit-records.ts";

export const auditOf = ({ functions, keeps, findings, missed, entryPoints }: AuditMessage): RawAudit => ({
  functions: functions.map((row) => ({ ...row, address: BigInt(row.address) })),
  keeps: keeps.map((row) => ({ ...row, api: row.api ?? undefined, address: addressOf(row.address) })),
  findings: findings.map((row) => ({ ...row, api: row.api ?? undefined, address: addressOf(row.address) })),
  missed: missed.map((row) => ({ ...row, address: BigInt(row.address) })),
  entryPoints,
});

const addressOf = (hex: string | null): bigint => (hex === null ? 0n : BigInt(hex));
