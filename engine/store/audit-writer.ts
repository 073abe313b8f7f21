// What an audit counted and the lines of its addresses in, rows out; every method is called inside a transaction of writer.ts.

import type { AbiModule } from "../../shared/abi-document.ts";
import type { RawAudit, SourceLine } from "../../shared/audit-records.ts";
import { findingRules } from "../../shared/records.ts";
import { hexadecimal } from "./hexadecimal.ts";
import type { Connection, Statement } from "./sqlite.ts";

const sql = {
  function: "INSERT OR REPLACE INTO audit_function VALUES (?, ?, ?, ?, ?)",
  keep: `INSERT INTO audit_keep VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kept = excluded.kept,
    most = max(most, excluded.most), calls = excluded.calls, consistent = excluded.consistent, address = excluded.address`,
  finding: "INSERT OR REPLACE INTO audit_finding VALUES (?, ?, ?, ?, ?, ?, ?)",
  missed: "INSERT OR REPLACE INTO audit_missed VALUES (?, ?, ?)",
  state: "INSERT OR REPLACE INTO audit_state VALUES (1, ?)",
  abi: "INSERT OR REPLACE INTO audit_abi VALUES (?, ?)",
  line: "INSERT OR REPLACE INTO source_line VALUES (?, ?, ?, ?, ?)",
} as const satisfies Record<string, string>;

export class AuditWriter {
  readonly #put: Readonly<Record<keyof typeof sql, Statement<unknown[]>>>;
  readonly #name: (text: string) => number;

  constructor(connection: Connection, name: (text: string) => number) {
    this.#name = name;
    const prepare = (of: keyof typeof sql) => connection.prepare(sql[of]);
    this.#put = {
      function: prepare("function"),
      keep: prepare("keep"),
      finding: prepare("finding"),
      missed: prepare("missed"),
      state: prepare("state"),
      abi: prepare("abi"),
      line: prepare("line"),
    };
  }

  /** Counts replace those before; what a function kept at most stays beside what it keeps. */
  audit({ functions, keeps, findings, missed, entryPoints }: RawAudit): void {
    const { put, api } = { put: this.#put, api: (of: string | undefined) => (of === undefined ? 0 : this.#name(of)) };
    for (const { id, module, name, address, calls } of functions)
      put.function.run(id, this.#name(module), this.#name(name), hexadecimal(address), calls);
    for (const row of keeps) {
      const { references, calls, consistent, address } = row;
      const key = [row.function, this.#name(row.role), api(row.api), row.type];
      put.keep.run(...key, references, Math.max(0, references), calls, consistent, hexadecimal(address));
    }
    for (const { rule, function: of, api: name, type, address, count, guarded } of findings)
      put.finding.run(findingRules.indexOf(rule), of, api(name), type, hexadecimal(address), count, guarded);
    for (const row of missed) put.missed.run(api(row.api), hexadecimal(row.address), row.calls);
    put.state.run(entryPoints);
  }

  abi(module: AbiModule): void {
    this.#put.abi.run(this.#name(module.module), Buffer.from(JSON.stringify(module)));
  }
  lines(address: bigint, chain: readonly SourceLine[]): void {
    for (const [depth, { function: name, file, line }] of chain.entries())
      this.#put.line.run(
        hexadecimal(address),
        depth,
        name === undefined ? null : this.#name(name),
        this.#name(file),
        line,
      );
  }
}
