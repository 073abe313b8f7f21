// Findings worst first in, a table of them out; under each row its rule, what to do, and the calls that led there. Next: Rule.tsx.
import { useState } from "react";
import type { AuditFinding } from "../../../shared/audit-document.ts";
import { meaningOf } from "../../logic/audit.ts";
import { findingFields } from "../../logic/fields.ts";
import { place } from "../../logic/finding.ts";
import { count, unknown } from "../../logic/format.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { useFilter } from "../../parts/use-filter.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { Rule } from "./Rule.tsx";

const keyOf = ({ rule, module, function: name, type, api, file, line }: AuditFinding): string =>
  JSON.stringify([rule, module, name, type, api, file, line]);

interface Given {
  readonly path: string;
  readonly findings: readonly AuditFinding[];
}

export function Findings({ path, findings }: Given) {
  const [first] = findings;
  const [open, setOpen] = useState<string | undefined>(first && keyOf(first));
  const { kept, box } = useFilter("findings", findingFields, findings);
  const limit = useLimit(kept.length, 50);
  return (
    <section className="below">
      <div className="tools">
        <h2 className="inline">Findings</h2>
        {box}
      </div>
      <DataTable
        label="Findings"
        columns={columns}
        rows={kept.slice(0, limit.shown)}
        keyOf={keyOf}
        press={(row) => setOpen(open === keyOf(row) ? undefined : keyOf(row))}
        open={open}
        more={(row) => <Rule path={path} finding={row} />}
      />
      {limit.note}
    </section>
  );
}

const columns: readonly Column<AuditFinding>[] = [
  {
    id: "rule",
    head: "Rule",
    text: true,
    cell: (row) => (
      <span className="tag" data-meaning={meaningOf(row)}>
        {row.rule}
      </span>
    ),
  },
  { id: "function", head: "Function", text: true, room: "cut", cell: (row) => <Code text={row.function} max={60} /> },
  { id: "where", head: "Where", text: true, room: "wide", cell: (row) => <Where finding={row} /> },
  {
    id: "type",
    head: "Type",
    text: true,
    room: "cut",
    cell: (row) => (row.type === null ? unknown : <Code text={row.type} max={60} />),
  },
  { id: "count", head: "Times", cell: (row) => count(row.count) },
];

function Where({ finding: { file, line } }: { readonly finding: AuditFinding }) {
  if (file === null) return <span className="faint">no source line is known</span>;
  return (
    <span className="quiet code">
      <Words text={place(file, line)} max={80} />
    </span>
  );
}
