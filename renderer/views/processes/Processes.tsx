// The processes of this machine in, the picker out: which can be recorded, and why not the others. Next: Preflight.tsx.
import { useMemo } from "react";
import type { ProcessRow } from "../../../shared/documents.ts";
import { processFields } from "../../../shared/filter/fields.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import { counted } from "../../logic/format.ts";
import type { Route } from "../../logic/routes.ts";
import { sorted } from "../../logic/sort.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { useCommands } from "../../state/use-commands.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { RemoteForm } from "../remote/RemoteForm.tsx";
import { columns } from "./columns.tsx";
import { Preflight } from "./Preflight.tsx";

type Here = Extract<Route, { screen: "processes" }>;

const everyMs = 5000;

export function Processes({ route }: { readonly route: Here }) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "processes.list", {}), [bridge]);
  const list = usePoll(poll, everyMs);
  return (
    <Loaded loadable={list}>
      {({ processes }) => (
        <>
          <h1>{headline(processes)}</h1>
          <p className="quiet">
            Refscope attaches to a running process as it is: nothing to restart, nothing to install in it. What it did
            before is not seen.
          </p>
          <Tools route={route} refresh={poll.refresh} />
          <Picker route={route} rows={processes} />
          <Elsewhere />
        </>
      )}
    </Loaded>
  );
}

function Elsewhere() {
  return (
    <details className="card pad elsewhere">
      <summary>Processes of another machine</summary>
      <RemoteForm />
    </details>
  );
}

function headline(rows: readonly ProcessRow[]): string {
  const ready = rows.filter((row) => row.attachable).length;
  if (rows.length === 0) return "No Python process is running";
  const found = counted(rows.length, "Python process", "Python processes");
  if (ready === rows.length) return `${found}, ${ready === 1 ? "ready to be recorded" : "all ready to be recorded"}`;
  return `${found}, ${ready === 0 ? "none" : ready} can be recorded`;
}

function Tools({ route, refresh }: { readonly route: Here; readonly refresh: () => void }) {
  useCommands({ "processes.refresh": refresh });
  return (
    <div className="tools">
      <FilterBox
        of="processes"
        fields={processFields}
        filter={route.filter}
        change={(filter) => refine({ ...route, filter })}
      />
      <span className="grow" />
      <button type="button" onClick={refresh}>
        Refresh
      </button>
    </div>
  );
}

function Picker({ route, rows }: { readonly route: Here; readonly rows: readonly ProcessRow[] }) {
  const found = rows.filter(filterOf(route.filter, processFields).keeps);
  const ready = sorted(found, (row) => Number(!row.attachable), "up");
  const choose = (pid: number | undefined) => refine({ ...route, pid });
  if (found.length === 0) return route.filter ? <NoMatch route={route} /> : <NoProcess />;
  const chosen = rows.find((row) => row.pid === route.pid);
  return (
    <div className={chosen ? "split" : undefined}>
      <div>
        <DataTable
          label="Processes"
          columns={chosen ? columns.filter((column) => column.id !== "user" && column.id !== "rss") : columns}
          rows={ready}
          keyOf={(row) => String(row.pid)}
          press={(row) => choose(row.pid === route.pid ? undefined : row.pid)}
          open={chosen && String(chosen.pid)}
          isOff={(row) => !row.attachable}
        />
      </div>
      {chosen && <Preflight key={chosen.pid} row={chosen} close={() => choose(undefined)} />}
    </div>
  );
}

function NoMatch({ route }: { readonly route: Here }) {
  return (
    <Empty title="No process matches the filter">
      <p className="quiet">Words are sought in pid, name, command, Python version, build and user.</p>
      <div className="row">
        <button type="button" onClick={() => refine({ ...route, filter: "" })}>
          Clear the filter
        </button>
      </div>
    </Empty>
  );
}

function NoProcess() {
  return (
    <Empty title="Nothing to attach to yet">
      <p className="quiet">
        Start a Python program and it appears here within five seconds, or let Refscope start it:{" "}
        <code>refscope run -- python app.py</code>
      </p>
    </Empty>
  );
}
