// The snapshots of a recording and the one to show in; its size, the others beside it, and the chosen table out. Next: Types.tsx, Objects.tsx,
// Tree.tsx, Compared.tsx.
import type { ReactNode } from "react";
import type { HeapTaken } from "../../../shared/heap-taken.ts";
import { comparedFields, heapTypeFields } from "../../logic/fields.ts";
import { bytes, duration } from "../../logic/format.ts";
import { earlierThan, objectsWords } from "../../logic/heap.ts";
import type { HeapTable, SnapshotRoute } from "../../logic/heap-route.ts";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { Empty } from "../../parts/States.tsx";
import { go, refine } from "../../state/use-route.ts";
import { Compared } from "./Compared.tsx";
import { Objects } from "./Objects.tsx";
import type { Shown } from "./shown.ts";
import { TakenList } from "./TakenList.tsx";
import { Tree } from "./Tree.tsx";
import { Types } from "./Types.tsx";

interface Given {
  readonly route: SnapshotRoute;
  readonly path: string;
  readonly taken: readonly HeapTaken[];
  /** The button for another one, while the recording goes on. */
  readonly take: ReactNode;
}

export function Snapshot({ route, path, taken, take }: Given) {
  const chosen = taken.find(({ id }) => id === route.id) ?? taken.at(-1);
  if (!chosen) return null;
  const against = route.against ?? earlierThan(taken, chosen.id);
  const shown = { route: { ...route, path, id: chosen.id }, path, id: chosen.id, against, taken };
  return (
    <>
      <div className="between">
        <div>
          <h1>
            {objectsWords(chosen.objects)} at {duration(chosen.atMs / 1000)}
          </h1>
          <p className="quiet ground">
            Snapshot {chosen.id}: the process waited {duration(chosen.pauseMs / 1000)} for it; the walk took{" "}
            {duration(chosen.seconds)} beside it and is {bytes(chosen.bytes)} long.
          </p>
        </div>
        {take}
      </div>
      <TakenList shown={shown} />
      <Tabs route={shown.route} />
      <Table key={`${chosen.id} ${against}`} shown={shown} />
    </>
  );
}

const tabs: readonly { readonly table: HeapTable; readonly name: string }[] = [
  { table: "types", name: "Types" },
  { table: "objects", name: "Objects" },
  { table: "tree", name: "Who retains what" },
  { table: "compare", name: "Compare" },
];

function Tabs({ route }: { readonly route: SnapshotRoute }) {
  const change = (filter: string) => refine({ ...route, filter });
  const box = { of: "types", filter: route.filter, change };
  return (
    <div className="tools">
      <fieldset className="tabs" aria-label="Table">
        {tabs.map(({ table, name }) => (
          <button
            key={table}
            type="button"
            aria-pressed={route.table === table}
            onClick={() => go({ ...route, table, type: undefined, set: "all", filter: "", object: undefined })}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {route.table === "types" && <FilterBox fields={heapTypeFields} {...box} />}
      {route.table === "compare" && <FilterBox fields={comparedFields} {...box} />}
    </div>
  );
}

function Table({ shown }: { readonly shown: Shown }) {
  switch (shown.route.table) {
    case "types":
      return <Types shown={shown} />;
    case "objects":
      return <Objects shown={shown} />;
    case "tree":
      return <Tree shown={shown} />;
    case "compare":
      return shown.against === undefined ? <OnlyOne /> : <Compared shown={shown} against={shown.against} />;
    default:
      return shown.route.table satisfies never;
  }
}

function OnlyOne() {
  return (
    <Empty title="There is one snapshot alone">
      <p className="quiet">
        Take a second one in the same recording, after the program has worked for a while: what is new, gone and still
        there is told by identity.
      </p>
    </Empty>
  );
}
