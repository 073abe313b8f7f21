// What leaves a recording in, the list of it with what stands there instead out; every text is shown with nothing invisible in it.
import type { RedactionPreview } from "../../../shared/library.ts";
import { replacedFields } from "../../logic/fields.ts";
import { count, counted } from "../../logic/format.ts";
import { kindSentence, kindWords } from "../../logic/sharing.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { useFilter } from "../../parts/use-filter.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code } from "../../parts/Words.tsx";

type Replaced = RedactionPreview["replaced"][number];

export function Leaving({ preview }: { readonly preview: RedactionPreview }) {
  return (
    <div className="leaving">
      <section aria-label="What leaves">
        <h2>Leaves</h2>
        <ul className="plain">
          {preview.removed.map(({ what, rows }) => (
            <li key={what}>
              {count(rows)} {what}
            </li>
          ))}
          {preview.kinds.map((kind) => (
            <li key={kind.what}>{kindSentence(kind)}</li>
          ))}
          <li>boot and start of the recorder's process</li>
        </ul>
        <h2 className="below">Stays</h2>
        <p className="quiet">
          Types, functions, lines, counts, sizes and times. What was equal is still equal: each secret becomes stars and
          a hash, whose salt is kept nowhere.
        </p>
      </section>
      {preview.replaced.length > 0 && <ReplacedTable preview={preview} />}
    </div>
  );
}

function ReplacedTable({ preview: { replaced, of } }: { readonly preview: RedactionPreview }) {
  const { kept: rows, box } = useFilter("what is replaced", replacedFields, replaced);
  const limit = useLimit(rows.length, 50);
  return (
    <section aria-label="What is replaced">
      <div className="tools first">
        <h2 className="inline">Replaced</h2>
        {box}
      </div>
      <DataTable
        label="Replaced"
        columns={columns}
        rows={rows.slice(0, limit.shown)}
        keyOf={(row) => `${row.what} ${row.from}`}
      />
      {limit.note}
      {of > replaced.length && (
        <p className="quiet below">
          These are {counted(replaced.length, "text", "texts")} of {count(of)}; the verb <code>redact</code> lists more.
        </p>
      )}
    </section>
  );
}

const columns: readonly Column<Replaced>[] = [
  { id: "what", head: "Kind", text: true, cell: ({ what }) => (kindWords[what] ?? [what])[0] },
  { id: "from", head: "Was", text: true, room: "wide", cell: ({ from }) => <Code text={from} max={160} /> },
  {
    id: "to",
    head: "Becomes",
    text: true,
    room: "cut",
    cell: ({ to }) => (to === "" ? "nothing" : <Code text={to} max={80} />),
  },
];
