// Rows of the library in, the table of them out: filtered, one opened for more, two chosen to be compared. Next: columns.tsx, Details.tsx.
import { useState } from "react";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { LibraryState } from "../../../shared/library.ts";
import { recordingFields } from "../../logic/fields.ts";
import { bytes } from "../../logic/format.ts";
import { chosenWith, destination, type LibraryRow, libraryHeadline } from "../../logic/library.ts";
import type { Route } from "../../logic/routes.ts";
import { ChooseFile } from "../../parts/ChooseFile.tsx";
import { DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { Empty } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { refine } from "../../state/use-route.ts";
import { Chosen } from "./Chosen.tsx";
import { columnsOf } from "./columns.tsx";
import { Details } from "./Details.tsx";

interface Given {
  readonly route: Extract<Route, { screen: "recordings" }>;
  readonly rows: readonly LibraryRow[];
  readonly library: LibraryState | undefined;
  readonly changed: () => void;
}

export function LibraryView({ route, rows, library, changed }: Given) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const shown = rows.filter(filterOf(route.filter, recordingFields).keeps);
  const limit = useLimit(shown.length);
  const picked = chosen.filter((path) => rows.some((row) => row.path === path));
  const columns = columnsOf({
    open,
    chosen: picked,
    toggle: (path) => setOpen(path === open ? undefined : path),
    choose: (path) => setChosen(chosenWith(picked, path)),
  });
  return (
    <>
      <h1>{libraryHeadline(rows)}</h1>
      <p className="quiet">Each is one file on this machine; nothing is sent anywhere.</p>
      {library && <Quota library={library} />}
      <div className="tools">
        <FilterBox
          of="recordings"
          fields={recordingFields}
          filter={route.filter}
          change={(filter) => refine({ ...route, filter })}
        />
        <TagButtons rows={rows} filter={route.filter} change={(filter) => refine({ ...route, filter })} />
        <span className="grow" />
        <ChooseFile />
      </div>
      <Chosen rows={rows.filter((row) => picked.includes(row.path))} clear={() => setChosen([])} />
      {shown.length === 0 ? (
        <Empty title="No recording matches the filter">
          <p className="quiet">It looks at name, state, program, Python version, tags and problem.</p>
        </Empty>
      ) : (
        <div className="library">
          <DataTable
            label="Recordings"
            columns={columns}
            rows={shown.slice(0, limit.shown)}
            keyOf={(row) => row.path}
            to={destination}
            open={open}
            more={(row) => <Details key={row.path} row={row} changed={changed} moved={setOpen} />}
            isOff={(row) => row.status === "unreadable"}
          />
        </div>
      )}
      {limit.note}
    </>
  );
}

/** A finger's width of the disk is seen as well. */
const leastShare = 0.005;

function Quota({ library: { bytes: taken, roomBytes, diskBytes } }: { readonly library: LibraryState }) {
  const share = diskBytes ? Math.max(leastShare, taken / diskBytes) : 0;
  const rest = diskBytes && roomBytes !== null ? Math.max(0, 1 - roomBytes / diskBytes - share) : 0;
  return (
    <div className="quota">
      {diskBytes !== null && (
        <svg className="quota-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect className="ours" x={0} y={0} width={100 * share} height={4} />
          <rect className="others" x={100 * share} y={0} width={100 * rest} height={4} />
        </svg>
      )}
      <span className="quiet">
        They take {bytes(taken)}
        {roomBytes !== null && `; ${bytes(roomBytes)} of ${bytes(diskBytes)} on this disk are free`}
      </span>
    </div>
  );
}

interface TagsGiven {
  readonly rows: readonly LibraryRow[];
  readonly filter: string;
  readonly change: (filter: string) => void;
}
const mostButtons = 12;

function TagButtons({ rows, filter, change }: TagsGiven) {
  const tags = [...new Set(rows.flatMap((row) => row.tags))].toSorted().slice(0, mostButtons);
  if (tags.length === 0) return null;
  const words = filter.split(/\s+/).filter((word) => word !== "");
  return (
    <fieldset className="tag-buttons">
      <legend className="heard">Only with the tag</legend>
      {tags.map((tag) => {
        const word = `tag:${tag}`;
        const on = words.includes(word);
        const rest = words.filter((one) => one !== word);
        return (
          <button
            key={tag}
            type="button"
            className="small"
            aria-pressed={on}
            onClick={() => change((on ? rest : [...rest, word]).join(" "))}
          >
            {tag}
          </button>
        );
      })}
    </fieldset>
  );
}
