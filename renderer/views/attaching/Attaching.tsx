// An attempt to record a process in, the steps it takes out; goes on to Live when the first events are there.
import { useEffect } from "react";
import type { RecordingState } from "../../../shared/rpc-contract.ts";
import { gil } from "../../logic/gil-route.ts";
import { known } from "../../logic/loadable.ts";
import { isLive } from "../../logic/recording.ts";
import { errors, live, processes, type Route } from "../../logic/routes.ts";
import { phaseOfFailure, stepsOf } from "../../logic/steps.ts";
import { Link } from "../../parts/Link.tsx";
import { Empty, ProblemCard } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import type { Start } from "../../state/starts.ts";
import { useReadable } from "../../state/use-poll.ts";
import { go } from "../../state/use-route.ts";
import { Cancel } from "./Cancel.tsx";
import { Steps } from "./Steps.tsx";

export function Attaching({ pid }: { readonly pid: number }) {
  const { starts, states } = useApp();
  const last = useReadable(starts.last);
  const start = last?.pid === pid ? last : undefined;
  const state = stateOf(pid, start, known(useReadable(states)) ?? []);
  const path = start?.kind === "recording" ? start.path : state?.phase === "recording" ? state.path : undefined;
  useEffect(() => {
    if (path === undefined) return;
    states.refresh();
    go(firstScreen(path, start?.request.collect));
  }, [path, states, start]);
  if (!start && !state) return <Nobody pid={pid} />;
  if (start?.kind === "failed") return <Failed start={start} />;
  return (
    <>
      <h1>Attaching to process {pid}</h1>
      <p className="quiet">A step that fails or takes too long is taken back by itself; the process runs on.</p>
      <Steps steps={stepsOf(state?.phase, false, state?.steps)} />
      <Cancel path={state?.path} />
    </>
  );
}

/** The screen about what is collected; objects come first. */
function firstScreen(path: string, collect: readonly string[] = ["lifecycle"]): Route {
  if (collect.includes("lifecycle")) return live(path);
  return collect.includes("gil") ? gil(path) : errors(path);
}

/** Until the target is known, an attempt that has not ended is taken for this one: there is one at a time from this page. */
function stateOf(pid: number, start: Start | undefined, states: readonly RecordingState[]): RecordingState | undefined {
  if (start?.kind === "recording") return states.find((state) => state.path === start.path);
  return (
    states
      .filter(isLive)
      .findLast((state) => state.target?.pid === pid || (start !== undefined && state.target === null)) ?? undefined
  );
}

function Failed({ start }: { readonly start: Extract<Start, { kind: "failed" }> }) {
  const { starts } = useApp();
  const { pid, problem, request } = start;
  const isCancelled = problem.code === "cancelled";
  return (
    <>
      <h1>{isCancelled ? `Process ${pid} was not attached to` : `Could not attach to process ${pid}`}</h1>
      <p className="quiet">Nothing stays in the process; it runs on.</p>
      {!isCancelled && <Steps steps={stepsOf(phaseOfFailure(problem.code), true)} />}
      <ProblemCard problem={problem} title={isCancelled ? "It was cancelled" : "Why"}>
        <button type="button" className="main" onClick={() => starts.begin(request)}>
          Try again
        </button>
        <Link to={{ ...processes, pid }} className="button">
          Show the checks
        </Link>
      </ProblemCard>
    </>
  );
}

function Nobody({ pid }: { readonly pid: number }) {
  return (
    <>
      <h1>Process {pid} is not being attached to</h1>
      <Empty title="This attempt is over">
        <p className="quiet">Its recording, if there is one, is among the recordings.</p>
        <div className="row">
          <Link to={{ ...processes, pid }} className="button main">
            Choose a process
          </Link>
        </div>
      </Empty>
    </>
  );
}
