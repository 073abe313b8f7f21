// A snapshot, a set and perhaps a type in; exactly those objects, a page at a time, out. Next: views/why.
import { type ReactNode, useMemo } from "react";
import { type HeapObject, type HeapObjects, heapSets } from "../../../shared/heap-views.ts";
import type { Bridge } from "../../bridge.ts";
import { bytes, count } from "../../logic/format.ts";
import { isCompared, objectsWords, setWords } from "../../logic/heap.ts";
import { type SnapshotRoute, why } from "../../logic/heap-route.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Link } from "../../parts/Link.tsx";
import { Empty, Loaded, ProblemCard } from "../../parts/States.tsx";
import { Code } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePages } from "../../state/use-pages.ts";
import { usePoll } from "../../state/use-poll.ts";
import { go, refine } from "../../state/use-route.ts";
import { objectColumns } from "./columns.tsx";
import { Retainers } from "./Retainers.tsx";
import type { Shown } from "./shown.ts";

const page = 200;

const ask = (bridge: Bridge, asked: ReturnType<typeof askedOf> & { readonly offset: number }) =>
  bridge.call("heap.objects", asked);

const askedOf = ({ route, path, id, against }: Shown) => ({
  ...{ path, id, limit: page, set: route.set },
  ...(route.type === undefined ? {} : { type: route.type }),
  ...(isCompared(route.set) && against !== undefined ? { against } : {}),
});

export function Objects({ shown }: { readonly shown: Shown }) {
  const { type, set } = shown.route;
  return <ObjectsOf key={`${set} ${type}`} shown={shown} />;
}

function ObjectsOf({ shown }: { readonly shown: Shown }) {
  const { bridge } = useApp();
  const { route, path, id, against } = shown;
  const asked = useMemo(() => askedOf({ route, path, id, against, taken: [] }), [route, path, id, against]);
  const key = JSON.stringify(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is made anew with every route, its words are not
  const poll = useMemo(() => createPoll(bridge, "heap.objects", asked), [bridge, key]);
  return (
    <>
      <SetField shown={shown} />
      <Loaded loadable={usePoll(poll)}>{(first) => <Found shown={shown} first={first} asked={asked} />}</Loaded>
    </>
  );
}

interface FoundGiven {
  readonly shown: Shown;
  readonly first: HeapObjects;
  readonly asked: ReturnType<typeof askedOf>;
}

function Found({ shown: { route, path, id, against }, first, asked }: FoundGiven) {
  const { bridge } = useApp();
  const { rows, seen, problem } = usePages<HeapObject>({
    of: JSON.stringify(asked),
    first,
    size: page,
    ask: (offset) => ask(bridge, { ...asked, offset }),
  });
  const columns = useMemo(() => columnsOf(route), [route]);
  if (first.of === 0) return <None set={route.set} />;
  // What is gone is described as it was in the earlier snapshot.
  const of = route.set === "dead" ? against : id;
  return (
    <>
      <p className="quiet below">
        {objectsWords(first.of)}, {bytes(first.bytes)}: {setWords[route.set]}
        {route.set === "unexplained" ? ", the most of them first." : ", the most retained first."}
      </p>
      <DataTable
        label="Objects"
        columns={columns}
        rows={rows}
        seen={seen}
        keyOf={({ address }) => address}
        to={({ address }) => why(path, address, of)}
      />
      {problem && <ProblemCard problem={problem} />}
      {route.object !== undefined && (
        <Retainers key={route.object} route={route} path={path} id={of} object={route.object} />
      )}
    </>
  );
}

function columnsOf(route: SnapshotRoute): readonly Column<HeapObject>[] {
  const choose = ({ address }: HeapObject) =>
    refine({ ...route, object: route.object === address ? undefined : address });
  const holders: Column<HeapObject> = {
    id: "holders",
    head: "Held by",
    text: true,
    cell: (row) => (
      <button
        type="button"
        className="small"
        data-cell
        tabIndex={-1}
        aria-pressed={route.object === row.address}
        aria-label={`Holders of ${row.address}`}
        onClick={() => choose(row)}
      >
        Holders
      </button>
    ),
  };
  return [...objectColumns.slice(0, -1), holders, ...objectColumns.slice(-1)];
}

function SetField({ shown: { route, against } }: { readonly shown: Shown }): ReactNode {
  const sets = heapSets.filter((set) => against !== undefined || !isCompared(set));
  const choose = (chosen: string) => {
    const set = sets.find((one) => one === chosen) ?? "all";
    go({ ...route, set, object: undefined });
  };
  return (
    <div className="row">
      <select aria-label="Which objects" value={route.set} onChange={(event) => choose(event.target.value)}>
        {sets.map((set) => (
          <option key={set} value={set}>
            {setWords[set]}
          </option>
        ))}
      </select>
      {route.type === undefined ? (
        <span className="quiet">of every type</span>
      ) : (
        <>
          <span className="quiet">
            of type <Code text={route.type} max={60} />
          </span>
          <Link to={{ ...route, type: undefined, object: undefined } satisfies SnapshotRoute}>Of every type</Link>
        </>
      )}
    </div>
  );
}

function None({ set }: { readonly set: SnapshotRoute["set"] }) {
  return (
    <Empty title={`${count(0)} objects`}>
      <p className="quiet">None of them is in this set: {setWords[set]}.</p>
    </Empty>
  );
}
