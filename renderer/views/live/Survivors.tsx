// A stretch of a recording's time in; the sites whose objects of then are still alive out, those with the most bytes first.
import { useMemo, useState } from "react";
import type { SurvivorRow } from "../../../shared/survivors.ts";
import { survivorFields } from "../../logic/fields.ts";
import { what, where } from "../../logic/finding.ts";
import { bytes, count, exactBytes, fraction } from "../../logic/format.ts";
import type { Range } from "../../logic/routes.ts";
import { between, isExact, survivorsSentence } from "../../logic/survivors.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { SiteTable } from "../../parts/SiteTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useFilter } from "../../parts/use-filter.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

const everyMs = 2000;
const most = 500;
const firstRows = 20;

interface Given {
  readonly path: string;
  readonly live: boolean;
  readonly range: Range;
}

export function Survivors({ path, live, range: { from, to } }: Given) {
  const { bridge } = useApp();
  const poll = useMemo(
    () => createPoll(bridge, "recording.survivors", { path, from, to, limit: most }),
    [bridge, path, from, to],
  );
  return (
    <Loaded loadable={usePoll(poll, live ? everyMs : undefined)}>
      {(found) => (
        <>
          <p className="below">{survivorsSentence(found)}</p>
          {found.allocated > 0 && !isExact(found) && (
            <p className="quiet">
              Sums are kept of each site, not of each object: the lower number holds if all that a site freed since was
              of this time, the higher one if none was that need not have been.
            </p>
          )}
          {found.rows.length > 0 && <Sites rows={found.rows} of={found.of} />}
        </>
      )}
    </Loaded>
  );
}

function Sites({ rows, of }: { readonly rows: readonly SurvivorRow[]; readonly of: number }) {
  const { kept, box } = useFilter("survivors", survivorFields, rows);
  const [open, setOpen] = useState<string | undefined>(undefined);
  return (
    <div className="below">
      {box}
      {kept.length === 0 ? (
        <p className="quiet">No site matches the filter.</p>
      ) : (
        <SiteTable
          label="Survivors by site"
          columns={columns}
          rows={kept}
          first={firstRows}
          open={open}
          choose={setOpen}
          told={{ rows: rows.length, of }}
        />
      )}
    </div>
  );
}

const columns: readonly Column<SurvivorRow>[] = [
  { id: "type", head: "Type", text: true, room: "cut", cell: (row) => <Said sentence={[what(row)]} /> },
  { id: "where", head: "Allocated in", text: true, room: "wide", cell: (row) => <Said sentence={where(row)} /> },
  { id: "allocated", head: "Allocated then", cell: (row) => count(row.allocated) },
  { id: "alive", head: "Still alive", cell: (row) => between(row.alive) },
  {
    id: "part",
    head: "At least",
    cell: ({ alive, allocated }) => (allocated === 0 ? "—" : fraction(alive.atLeast / allocated)),
  },
  {
    id: "bytes",
    head: "Bytes alive",
    cell: ({ aliveBytes }) => <span title={between(aliveBytes, exactBytes)}>{between(aliveBytes, bytes)}</span>,
  },
];
