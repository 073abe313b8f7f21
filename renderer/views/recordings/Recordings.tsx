// The recordings on this machine in, the library out; each opens where its finding is.
import { useMemo } from "react";
import type { SessionRow } from "../../../shared/documents.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import { recordingFields } from "../../logic/fields.ts";
import { counted } from "../../logic/format.ts";
import { grows, live, processes, type Route } from "../../logic/routes.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { Link } from "../../parts/Link.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { go, refine } from "../../state/use-route.ts";
import { columns } from "./columns.tsx";

type Here = Extract<Route, { screen: "recordings" }>;

const everyMs = 5000;

export function Recordings({ route }: { readonly route: Here }) {
  const { bridge } = useApp();
  const list = usePoll(
    useMemo(() => createPoll(bridge, "sessions.list", {}), [bridge]),
    everyMs,
  );
  return (
    <Loaded loadable={list}>
      {({ sessions }) => (sessions.length === 0 ? <NoneYet /> : <Library route={route} rows={sessions} />)}
    </Loaded>
  );
}

function Library({ route, rows }: { readonly route: Here; readonly rows: readonly SessionRow[] }) {
  const found = rows.filter(filterOf(route.filter, recordingFields).keeps);
  const limit = useLimit(found.length);
  return (
    <>
      <h1>{headline(rows)}</h1>
      <p className="quiet">Each is one file on this machine; nothing is sent anywhere.</p>
      <div className="tools">
        <FilterBox
          of="recordings"
          fields={recordingFields}
          filter={route.filter}
          change={(filter) => refine({ ...route, filter })}
        />
      </div>
      {found.length === 0 ? (
        <Empty title="No recording matches the filter">
          <p className="quiet">It looks at name, state, program, Python version and problem.</p>
        </Empty>
      ) : (
        <DataTable
          label="Recordings"
          columns={columns}
          rows={found.slice(0, limit.shown)}
          keyOf={(row) => row.path}
          press={(row) => go(row.status === "recording" ? live(row.path) : grows(row.path))}
          isOff={(row) => row.status === "unreadable"}
        />
      )}
      {limit.note}
    </>
  );
}

function headline(rows: readonly SessionRow[]): string {
  const bad = rows.filter((row) => row.status === "unreadable").length;
  const running = rows.filter((row) => row.status === "recording").length;
  const rest = [running > 0 && `${running} still being written`, bad > 0 && `${bad} cannot be read`].filter(Boolean);
  return [counted(rows.length, "recording", "recordings"), ...rest].join(", ");
}

function NoneYet() {
  return (
    <>
      <h1>No recordings yet</h1>
      <Empty title="A recording is one file, kept when it ends">
        <p className="quiet">
          Record a process here, or on the command line: <code>refscope record PID --for 30s</code>. See it work without
          a program of your own: <code>refscope demo</code>
        </p>
        <div className="row">
          <Link to={processes} className="button main">
            Choose a process
          </Link>
        </div>
      </Empty>
    </>
  );
}
