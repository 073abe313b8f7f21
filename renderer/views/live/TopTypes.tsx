// A recording in, the ten types that grow most out; each leads to its sites on What grows.
import { useMemo } from "react";
import { sitesOfType } from "../../logic/routes.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { grownTypes, typeColumns } from "../grows/columns.tsx";

const most = 10;
const everyMs = 2000;

export function TopTypes({ path, live }: { readonly path: string; readonly live: boolean }) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.types", { path, limit: most }), [bridge, path]);
  const columns = useMemo(() => typeColumns(path), [path]);
  return (
    <section className="below" aria-label="Types that grow most">
      <h2>Types that grow most</h2>
      <Loaded loadable={usePoll(poll, live ? everyMs : undefined)}>
        {(found) => (
          <DataTable
            label="Types that grow most"
            columns={columns}
            rows={grownTypes(found)}
            keyOf={({ type }) => type}
            to={({ type }) => sitesOfType(path, type)}
          />
        )}
      </Loaded>
    </section>
  );
}
