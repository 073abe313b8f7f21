// One object's history in; what became of it, who added what, its count over time and each change out. Next: Net.tsx, CountLine.tsx, Ledger.tsx.
import { useMemo } from "react";
import type { History } from "../../../shared/documents.ts";
import type { ObjectSteps } from "../../../shared/history-views.ts";
import { counted, duration } from "../../logic/format.ts";
import { changesOf, historyGround, historyHeadline, type Life, stateWords } from "../../logic/history.ts";
import type { ObjectRoute } from "../../logic/routes.ts";
import { Empty, Note } from "../../parts/States.tsx";
import { Code, Said } from "../../parts/Words.tsx";
import { CountLine } from "./CountLine.tsx";
import { Facts } from "./Facts.tsx";
import { Ledger } from "./Ledger.tsx";
import { Net } from "./Net.tsx";

interface Given {
  readonly route: ObjectRoute;
  readonly path: string;
  readonly steps: ObjectSteps;
  readonly history: History;
  /** Other objects that were followed at the same address. */
  readonly lives: readonly Life[];
  /** Below the heading of a sample it is the second. */
  readonly title: "h1" | "h2";
}

export function ObjectView({ route, path, steps, history, lives, title: Title }: Given) {
  const { net, events } = history;
  const changes = useMemo(() => changesOf({ events, net }), [events, net]);
  return (
    <>
      <Title>
        <Said sentence={historyHeadline(steps, net)} />
      </Title>
      <p className="quiet ground">
        <Code text={steps.type} max={60} /> at <Code text={steps.address} max={20} />: {historyGround(steps)}{" "}
        <State steps={steps} />
      </p>
      <Facts route={route} path={path} steps={steps} lives={lives} />
      <Missing steps={steps} />
      {steps.changes === 0 ? (
        <Unchanged live={steps.state === "followed"} />
      ) : (
        <>
          <Net rows={net} />
          <CountLine path={path} steps={steps} />
          <Ledger path={path} route={route} changes={changes} of={steps.changes} />
        </>
      )}
    </>
  );
}

const glyphs = { followed: "●", freed: "✗", left: "■", reused: "?", abandoned: "?" } as const;

function State({ steps: { state, points } }: Pick<Given, "steps">) {
  const end = points.at(-1);
  return (
    <>
      <span aria-hidden="true">{glyphs[state]}</span> {stateWords[state]}
      {state === "freed" && end && ` That was ${duration(end.t / 1000)} after the start.`}
    </>
  );
}

function Missing({ steps: { dropped, complete } }: { readonly steps: ObjectSteps }) {
  if (dropped > 0)
    return (
      <Note
        title="Some changes are missing"
        text={`${counted(dropped, "change was", "changes were")} dropped: sums and marks below may be wrong by that much.`}
      />
    );
  if (complete) return null;
  return <Note title="Not complete" text="Some changes may not have been seen; sums and marks below may be wrong." />;
}

function Unchanged({ live }: { readonly live: boolean }) {
  return (
    <Empty title={live ? "Watching; nothing so far" : "Nothing touched it while it was watched"}>
      <p className="quiet">
        {live
          ? "A row appears a tenth of a second after the first change."
          : "Its count was the same from the first moment to the last. Watch it while the program uses it."}
      </p>
    </Empty>
  );
}
