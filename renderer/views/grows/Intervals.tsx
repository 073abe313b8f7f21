// Marks in, a table of what grew between them out: rows are sites, columns intervals; while a flag is dragged, what it would show.
import { useEffect, useMemo, useRef, useState } from "react";
import { intervalFields } from "../../../shared/filter/fields.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { Intervals as Found } from "../../../shared/marks.ts";
import { intervalsSentence, type Measure, named } from "../../logic/intervals.ts";
import { known, type Loadable } from "../../logic/loadable.ts";
import type { Flag } from "../../logic/marks.ts";
import type { GrowsRoute } from "../../logic/routes.ts";
import { SiteTable } from "../../parts/SiteTable.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { useRested } from "../../state/gil/use-rested.ts";
import { createPoll } from "../../state/poll.ts";
import { useMarks } from "../../state/use-marks.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { intervalColumns, totals } from "./interval-columns.tsx";

interface Given {
  readonly route: GrowsRoute;
  readonly path: string;
  readonly live: boolean;
}

const everyMs = 2000;
const most = 500;
const firstRows = 40;

export function Intervals({ route, path, live }: Given) {
  const found = useIntervals(path, live);
  const [measure, setMeasure] = useState<Measure>("objects");
  const tab = (one: Measure, name: string) => (
    <button type="button" aria-pressed={measure === one} onClick={() => setMeasure(one)}>
      {name}
    </button>
  );
  return (
    <Loaded loadable={found}>
      {(intervals) => (
        <>
          <div className="tools">
            <fieldset className="tabs" aria-label="Growth in">
              {tab("objects", "Objects")}
              {tab("bytes", "Bytes")}
            </fieldset>
            <p className="quiet">
              {intervals.automatic && "Without marks the recording is cut into equal parts. "}
              {intervalsSentence(intervals)}
            </p>
          </div>
          <Rows route={route} path={path} found={intervals} measure={measure} />
        </>
      )}
    </Loaded>
  );
}

interface RowsGiven {
  readonly route: GrowsRoute;
  readonly path: string;
  readonly found: Found;
  readonly measure: Measure;
}

function Rows({ route, path, found, measure }: RowsGiven) {
  const rows = found.rows.filter(filterOf(route.filter, intervalFields).keeps);
  const columns = useMemo(() => intervalColumns(path, found, measure), [path, found, measure]);
  if (rows.length === 0)
    return (
      <Empty title={route.filter === "" ? "Nothing grew and nothing shrank" : "No row matches the filter"}>
        <p className="quiet">Rows are the sites at which more was allocated than freed, or less, in an interval.</p>
      </Empty>
    );
  return (
    <SiteTable
      label="Growth from mark to mark"
      columns={columns}
      rows={rows}
      open={route.row}
      choose={(row) => refine({ ...route, row })}
      first={firstRows}
      told={{ rows: found.rows.length, of: found.of }}
      total={totals(found, measure)}
    />
  );
}

/** A table that takes longer does not follow a flag on its way: the answers would come after it was dropped. */
const quickMs = 1000;

/** Asked anew when the marks change. What was found before stays until the answer is there. */
function useIntervals(path: string, live: boolean): Loadable<Found> {
  const { bridge } = useApp();
  const { store, flags } = useMarks(path);
  const took = useRef(0);
  const moved = useRested(store.preview);
  const at = moved && flags.length > 0 && took.current < quickMs ? timesOf(flags) : undefined;
  const key = `${flags.map(({ at: kept, label }) => `${kept} ${label}`).join("\n")}\n\n${at?.join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marks and the times are named by the key
  const poll = useMemo(
    () => createPoll(bridge, "recording.intervals", { path, limit: most, ...(at && { at }) }),
    [bridge, path, key],
  );
  const now = usePoll(poll, live ? everyMs : undefined);
  const isAsked = now.kind === "loading";
  const before = useRef<Loadable<Found>>(now);
  useEffect(() => {
    if (known(now)) before.current = now;
  });
  useEffect(() => {
    if (!isAsked) return;
    const begun = performance.now();
    return () => {
      took.current = performance.now() - begun;
    };
  }, [isAsked]);
  const shown = isAsked ? before.current : now;
  const found = known(shown);
  return at && found && shown.kind === "ready" ? { ...shown, value: named(found, flags) } : shown;
}

const timesOf = (flags: readonly Flag[]): number[] => flags.map(({ shown }) => shown);
