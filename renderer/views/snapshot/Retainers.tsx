// An object that was chosen in a table of a snapshot in; who holds it, how far each is from a root, and the way from there, out. Next: views/why.
import { useMemo } from "react";
import type { WhyDocument } from "../../../shared/heap-views.ts";
import { count } from "../../logic/format.ts";
import { type SnapshotRoute, why } from "../../logic/heap-route.ts";
import { distancesIn, distanceWords } from "../../logic/why.ts";
import { Chain } from "../../parts/Chain.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Link } from "../../parts/Link.tsx";
import { Loaded } from "../../parts/States.tsx";
import { Code } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { holderColumns } from "../why/tables.tsx";

interface Given {
  readonly route: SnapshotRoute;
  readonly path: string;
  readonly id: number | undefined;
  readonly object: string;
}

export function Retainers({ route, path, id, object }: Given) {
  const { bridge } = useApp();
  const poll = useMemo(
    () => createPoll(bridge, "heap.why", { path, object, ...(id === undefined ? {} : { id }) }),
    [bridge, path, object, id],
  );
  return (
    <section className="below" aria-label="Retainers">
      <div className="between">
        <h2 className="over">
          Who holds <Code text={object} />
        </h2>
        <div className="row">
          <Link to={why(path, object, id)} className="button">
            Why it is alive
          </Link>
          <button type="button" onClick={() => refine({ ...route, object: undefined })}>
            Close
          </button>
        </div>
      </div>
      <Loaded loadable={usePoll(poll)}>{(document) => <Held document={document} path={path} id={id} />}</Loaded>
    </section>
  );
}

interface HeldGiven {
  readonly document: WhyDocument;
  readonly path: string;
  readonly id: number | undefined;
}

function Held({ document, path, id }: HeldGiven) {
  const { paths, holders, holdersOf } = document;
  const columns = useMemo(() => columnsOf(document), [document]);
  const [shortest = []] = paths;
  return (
    <>
      <p className="quiet">
        {distanceWords(document)}
        {holders.length < holdersOf && ` The first ${count(holders.length)} of ${count(holdersOf)} holders are here.`}
      </p>
      {holders.length > 0 && (
        <DataTable
          label="Holders of it"
          columns={columns}
          rows={holders}
          keyOf={({ address }) => address}
          to={({ address }) => why(path, address, id)}
        />
      )}
      {shortest.length > 0 && (
        <div className="below">
          <Chain steps={shortest} to={({ address }) => why(path, address, id)} />
        </div>
      )}
    </>
  );
}

type Holder = WhyDocument["holders"][number];

function columnsOf(document: WhyDocument): readonly Column<Holder>[] {
  const distances = distancesIn(document);
  return [
    ...holderColumns,
    { id: "distance", head: "Distance", cell: ({ address }) => count(distances.get(address) ?? null) },
  ];
}
