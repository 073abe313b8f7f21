// A piece of time in, what every thread did in it and, when they are few, each hold by itself out.
import { useMemo } from "react";
import type { GilHold, GilHolds, GilLanes } from "../../../shared/gil-views.ts";
import { count, counted, duration } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { spentIn } from "../../logic/gil/holds.ts";
import { lengthOf, type Span } from "../../logic/gil/span.ts";
import { stripOf } from "../../logic/gil/strip.ts";
import type { ThreadNames } from "../../logic/gil/threads.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { spentOfStrip } from "../../state/gil/in-view.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { SpentTable } from "./SpentTable.tsx";
import { ThreadOf } from "./ThreadWords.tsx";

interface Given {
  readonly tracks: Tracks;
  readonly path: string;
  readonly span: Span;
  readonly names: ThreadNames;
}

const [mostExact, mostListed] = [4000, 200];
const buckets = 64;

export function ChosenSpan(given: Given) {
  const { path, span, tracks } = given;
  const { bridge } = useApp();
  const [lanes, holds] = useMemo(
    () => [
      createPoll(bridge, "gil.lanes", { path, ...span, buckets }),
      createPoll(bridge, "gil.holds", { path, ...span, limit: mostExact }),
    ],
    [bridge, path, span],
  );
  const sums = usePoll(lanes);
  const single = usePoll(holds);
  return (
    <section className="card pad chosen" aria-label="The chosen time">
      <div className="between">
        <h2>
          {duration(lengthOf(span) / 1000)} from {preciseTime(span.fromMs, lengthOf(span) / 100)}
        </h2>
        <div className="row">
          <button type="button" className="small" onClick={() => tracks.focus()}>
            Look at it <kbd>F</kbd>
          </button>
          <button type="button" className="small" onClick={() => tracks.choose(undefined)}>
            Drop it <kbd>Esc</kbd>
          </button>
        </div>
      </div>
      <Loaded loadable={sums}>
        {(bucketed) => (
          <Loaded loadable={single}>
            {(found) => bucketed && found && <Tables {...given} bucketed={bucketed} found={found} />}
          </Loaded>
        )}
      </Loaded>
    </section>
  );
}

type TablesGiven = Given & { readonly bucketed: GilLanes; readonly found: GilHolds };

function Tables({ tracks, span, names, bucketed, found }: TablesGiven) {
  const isExact = found.rows.length === found.of;
  const rows = isExact ? spentIn(found.rows, span) : spentOfStrip(stripOf(bucketed), span);
  const active = rows.filter((row) => row.holds > 0 || row.heldMs > 0 || row.waitedMs > 0);
  if (active.length === 0) return <p className="quiet">Nobody held the GIL or waited for it in this time.</p>;
  return (
    <>
      <SpentTable label="Threads in the chosen time" rows={active} lengthMs={lengthOf(span)} names={names} />
      {isExact && found.rows.length <= mostListed ? (
        <HoldTable rows={found.rows} names={names} tracks={tracks} />
      ) : (
        <p className="quiet below">
          {counted(found.of, "hold", "holds")} in it; at most {count(mostListed)} are listed one by one. Choose a
          shorter time.
        </p>
      )}
    </>
  );
}

function HoldTable({ rows, names, tracks }: { readonly rows: readonly GilHold[] } & Pick<Given, "names" | "tracks">) {
  const columns: readonly Column<GilHold>[] = [
    { id: "at", head: "Taken at", text: true, cell: (row) => preciseTime(row.acquiredMs, 0.001) },
    {
      id: "thread",
      head: "Thread",
      text: true,
      room: "wide",
      cell: (row) => <ThreadOf names={names} id={row.threadId} />,
    },
    { id: "held", head: "Held", cell: (row) => duration((row.releasedMs - row.acquiredMs) / 1000) },
    { id: "waited", head: "Waited", cell: (row) => duration(row.waited ? (row.acquiredMs - row.requestMs) / 1000 : 0) },
    {
      id: "for",
      head: "For",
      text: true,
      cell: (row) => row.waitedFor !== null && <ThreadOf names={names} id={row.waitedFor} />,
    },
    { id: "forced", head: "Let go", text: true, cell: (row) => (row.forced ? "asked to" : "by itself") },
  ];
  return (
    <div className="below">
      <DataTable
        label="Holds in the chosen time"
        columns={columns}
        rows={rows}
        keyOf={(row) => String(row.hold)}
        press={(row) => tracks.goTo(row, "near")}
      />
    </div>
  );
}
