// A function of an audited module, or a call that was missed, in; its cells out. Next: Modules.tsx.
import type { AuditedFunction, AuditedModule } from "../../../shared/audit-document.ts";
import { place } from "../../logic/finding.ts";
import { fraction, rough, unknown } from "../../logic/format.ts";
import { Count } from "../../parts/Count.tsx";
import type { Column } from "../../parts/DataTable.tsx";
import { Code, Words } from "../../parts/Words.tsx";

type MissedCall = AuditedModule["missed"][number];

/** Leaks are said in colour and with a word only where it is likely enough. */
const likely = 0.5;

export const functionColumns: readonly Column<AuditedFunction>[] = [
  { id: "function", head: "Function", text: true, room: "cut", cell: (row) => <Code text={row.function} max={60} /> },
  {
    id: "where",
    head: "Where",
    text: true,
    room: "wide",
    cell: ({ file, line }) => (
      <span className="quiet code">{file === null ? unknown : <Words text={place(file, line)} max={60} />}</span>
    ),
  },
  { id: "calls", head: "Calls", cell: (row) => <Count value={row.calls} /> },
  { id: "keeps", head: "Keeps a call", cell: (row) => <Keeps row={row} /> },
  {
    id: "type",
    head: "Type",
    text: true,
    room: "cut",
    cell: (row) => (row.type === null ? unknown : <Code text={row.type} max={60} />),
  },
  { id: "what", head: "Which reference", text: true, room: "cut", cell: (row) => <Which row={row} /> },
  { id: "sure", head: "How sure", cell: (row) => <span className="quiet">{fraction(row.confidence)}</span> },
];

function Keeps({ row: { keepsPerCall, confidence } }: { readonly row: AuditedFunction }) {
  if (keepsPerCall === 0) return <span className="faint">= nothing</span>;
  const size = Math.abs(keepsPerCall);
  const text = size < 0.05 ? "<0.1" : rough(size);
  const [glyph, sign] = keepsPerCall > 0 ? ["▲", "+"] : ["▼", "−"];
  return (
    <span className={confidence >= likely ? "up" : "quiet"} title={`${keepsPerCall} a call`}>
      {`${glyph} ${size < 0.05 ? "" : sign}${text}`}
    </span>
  );
}

function Which({ row: { role, api } }: { readonly row: AuditedFunction }) {
  if (role === null) return unknown;
  return (
    <>
      <Words text={role} max={40} />
      {api !== null && (
        <>
          {" of "}
          <Code text={api} max={60} />
        </>
      )}
    </>
  );
}

export const missedColumns: readonly Column<MissedCall>[] = [
  { id: "api", head: "C API", text: true, room: "cut", cell: (row) => <Code text={row.api} max={60} /> },
  {
    id: "from",
    head: "From",
    text: true,
    room: "wide",
    cell: ({ function: name, file, line }) => (
      <>
        {name === null ? <span className="faint">an unknown function</span> : <Code text={name} max={60} />}
        {file !== null && (
          <span className="quiet code">
            {" · "}
            <Words text={place(file, line)} max={60} />
          </span>
        )}
      </>
    ),
  },
  { id: "calls", head: "Calls", cell: (row) => <Count value={row.calls} /> },
];
