// A route in; a form, a diagnosis that goes on, or its verdict out. Next: Progress.tsx, Verdict.tsx.
import { useMemo } from "react";
import type { DiagnosisState } from "../../../shared/diagnosis-document.ts";
import { known } from "../../logic/loadable.ts";
import type { SuspectsRoute } from "../../logic/routes.ts";
import { Loaded, ProblemCard, Skeleton } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { useShown } from "../../state/use-recording.ts";
import { StartDiagnosis } from "../start/StartDiagnosis.tsx";
import { Progress } from "./Progress.tsx";
import { Verdict } from "./Verdict.tsx";

const everyMs = 500;

export function Suspects({ route }: { readonly route: SuspectsRoute }) {
  const { states, diagnosed } = useApp();
  const last = useReadable(diagnosed);
  const loading = useReadable(states).kind === "loading";
  const shown = useShown(route.path);
  const path = route.path ?? last ?? shown;
  if (path !== undefined) return <SuspectsOf key={path} route={route} path={path} />;
  return loading ? <Skeleton /> : <Nothing />;
}

interface Given {
  readonly route: SuspectsRoute;
  readonly path: string;
}

/** One that this engine ran is told by its state; any other recording by the verdict it keeps, else by what it shows. */
function SuspectsOf({ route, path }: Given) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "diagnosis.state", { path }), [bridge, path]);
  const asked = useReadable(poll);
  const state = known(asked);
  usePoll(poll, state?.ended || asked.kind === "error" ? undefined : everyMs);
  if (asked.kind === "error" && asked.problem.code === "no-recording") return <Kept route={route} path={path} />;
  return <Loaded loadable={asked}>{(found) => <Stands route={route} state={found} />}</Loaded>;
}

interface StandsGiven {
  readonly route: SuspectsRoute;
  readonly state: DiagnosisState;
}

function Stands({ route, state }: StandsGiven) {
  if (state.document) return <Verdict route={route} document={state.document} />;
  if (state.failed) return <Failed state={state} problem={state.failed} />;
  return <Progress state={state} />;
}

function Kept({ route, path }: Given) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "diagnosis.report", { path }), [bridge, path]);
  return (
    <Loaded loadable={usePoll(poll)}>
      {(document) => <Verdict route={route} document={document} again={() => poll.refresh()} />}
    </Loaded>
  );
}

interface FailedGiven {
  readonly state: DiagnosisState;
  readonly problem: NonNullable<DiagnosisState["failed"]>;
}
function Failed({ state, problem }: FailedGiven) {
  return (
    <>
      <h1>Process {state.pid} could not be diagnosed</h1>
      <ProblemCard problem={problem} title="The diagnosis ended without a verdict" />
      <StartDiagnosis />
    </>
  );
}

function Nothing() {
  return (
    <>
      <h1>Nothing was diagnosed yet</h1>
      <StartDiagnosis />
    </>
  );
}
