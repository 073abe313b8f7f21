// The processes of this machine in, the picker out: which can be recorded, and why not the others. Next: Preflight.tsx.
import { useMemo } from "react";
import { processFields } from "../../../shared/filter/fields.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { SeenProcess } from "../../../shared/process-list.ts";
import { headline, listed } from "../../logic/processes.ts";
import type { ProcessesRoute } from "../../logic/routes.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { RemoteForm } from "../remote/RemoteForm.tsx";
import { columns } from "./columns.tsx";
import { Launch } from "./Launch.tsx";
import { Preflight } from "./Preflight.tsx";
import { Tools } from "./Tools.tsx";

const everyMs = 5000;

export function Processes({ route }: { readonly route: ProcessesRoute }) {
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
          <Launch />
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

function Picker({ route, rows }: { readonly route: ProcessesRoute; readonly rows: readonly SeenProcess[] }) {
  const found = rows.filter(filterOf(route.filter, processFields).keeps);
  const choose = (pid: number | undefined) => refine({ ...route, pid });
  if (found.length === 0) return route.filter ? <NoMatch route={route} /> : <NoProcess />;
  const chosen = rows.find((row) => row.pid === route.pid);
  return (
    <div className={chosen ? "split" : undefined}>
      <div className="picker">
        <DataTable
          label="Processes"
          columns={columns}
          rows={listed(found)}
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

function NoMatch({ route }: { readonly route: ProcessesRoute }) {
  return (
    <Empty title="No process matches the filter">
      <p className="quiet">
        Words are sought in pid, name, command, Python version, build and user; “mine:yes” keeps your own.
      </p>
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
