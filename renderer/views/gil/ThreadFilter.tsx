// The screen's filter in, its box above the tracks out, with how many threads it leaves. The tracks and the table of threads follow it.
import { threadFields } from "../../../shared/filter/fields.ts";
import { count, counted } from "../../logic/format.ts";
import { FilterBox } from "../../parts/FilterBox.tsx";

interface Given {
  readonly filter: string;
  readonly change: (filter: string) => void;
  readonly shown: number;
  readonly of: number;
}

export const filterBox = "tracks-filter";

export function ThreadFilter({ filter, change, shown, of }: Given) {
  return (
    <div id={filterBox} className="tools track-filter">
      <FilterBox of="threads" fields={threadFields} filter={filter} change={change} />
      <span className="faint" role="status">
        {filter === "" ? counted(of, "thread", "threads") : `${count(shown)} of ${counted(of, "thread", "threads")}`}
      </span>
    </div>
  );
}
