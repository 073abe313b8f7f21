// Two recordings in; what the second does otherwise than the first out: a verdict, its reasons, a row a place, and both in one flame graph. Next: Rows.tsx, Diff.tsx.
import { type ReactNode, useMemo } from "react";
import type { Comparison } from "../../../shared/comparison-document.ts";
import type { RpcParams } from "../../../shared/rpc-contract.ts";
import { askedOf, headings, stateHeadings } from "../../logic/compare.ts";
import type { CompareRoute } from "../../logic/evidence-route.ts";
import { recordings } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { Lacks } from "../../parts/NotObserved.tsx";
import { Empty, Loaded, Note, Skeleton } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { Actions } from "./Actions.tsx";
import { Diff } from "./Diff.tsx";
import { Pickers, useSessions } from "./Pickers.tsx";
import { Rows } from "./Rows.tsx";
import { Sides } from "./Sides.tsx";

interface Given {
  readonly route: CompareRoute;
  readonly change: (more: Partial<CompareRoute>) => void;
}
interface Two {
  readonly a: string;
  readonly b: string;
}

export function Compare({ route }: { readonly route: CompareRoute }) {
  const sessions = useSessions();
  const { a, b } = route;
  const change = (more: Partial<CompareRoute>) => refine({ ...route, ...more });
  if (!sessions) return <Skeleton />;
  const pickers = <Pickers route={route} change={change} sessions={sessions} />;
  if (a === undefined || b === undefined)
    return (
      <>
        <h1>Compare two recordings</h1>
        {pickers}
        <NotYet few={sessions.length < 2} />
      </>
    );
  const asked = askedOf(route);
  if (!asked)
    return (
      <>
        <h1>Compare two recordings</h1>
        {pickers}
        <Empty title="Choose as much of the other side">
          <p className="quiet">
            A mark of both: what is live then. Two marks of both: how fast it grew between them, also of one recording.
          </p>
        </Empty>
      </>
    );
  return <Compared key={`${a}\n${b}`} two={{ a, b }} {...{ asked, pickers, route, change }} />;
}

const NotYet = ({ few }: { readonly few: boolean }) => (
  <Empty title={few ? "There are no two recordings yet" : "Choose A, the one before, and B, the one after"}>
    <p className="quiet">
      Two recordings of one program under the same work, before and after a change. On the command line both are made
      and compared at once:
    </p>
    <p>
      <code>refscope compare --run "bench.py" --a venv-before --b venv-after</code>
    </p>
    {few && (
      <div className="row">
        <Link to={recordings} className="button main">
          Recordings
        </Link>
      </div>
    )}
  </Empty>
);

interface ComparedGiven extends Given {
  readonly two: Two;
  readonly asked: RpcParams<"recording.compare">;
  readonly pickers: ReactNode;
}
function Compared({ two, asked, pickers, route, change }: ComparedGiven) {
  const { bridge } = useApp();
  const key = JSON.stringify(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is named by the key
  const poll = useMemo(() => createPoll(bridge, "recording.compare", asked), [bridge, key]);
  const loadable = usePoll(poll);
  return (
    <>
      {loadable.kind === "loading" && <h1>Comparing…</h1>}
      {loadable.kind === "error" && <h1>Compare two recordings</h1>}
      <Loaded loadable={loadable}>{(comparison) => <Verdict comparison={comparison} />}</Loaded>
      {pickers}
      <Loaded loadable={loadable.kind === "ready" || loadable.kind === "stale" ? loadable : { kind: "loading" }}>
        {(comparison) => (
          <>
            <Sides comparison={comparison} />
            <Actions asked={asked} route={route} change={change} isComparable={comparison.verdict !== "incomparable"} />
            {route.table === "flame" || comparison.verdict === "incomparable" ? (
              <>
                {asked.marks && (
                  <Note
                    title="Of the whole recordings"
                    text="A flame graph is not cut at marks: it shows both from end to end."
                  />
                )}
                <Diff two={two} route={route} change={change} />
              </>
            ) : (
              <Rows comparison={comparison} route={route} change={change} />
            )}
            <Lacks rows={comparison.notObserved} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Verdict({ comparison: { a, verdict, reasons } }: { readonly comparison: Comparison }) {
  return (
    <>
      <h1>{(a.mark === undefined ? headings : stateHeadings)[verdict]}</h1>
      {reasons.map((reason) => (
        <p key={reason} className={verdict === "incomparable" ? undefined : "quiet"}>
          <Words text={reason} />
        </p>
      ))}
      {verdict === "incomparable" && (
        <p className="quiet">
          Below is what each of them has, without a verdict: take it as a picture, not as a finding.
        </p>
      )}
    </>
  );
}
