// An attempt to start in, the step it takes or why it was refused out. Used by StartForm.tsx.
import { known } from "../../logic/loadable.ts";
import { stepsOf } from "../../logic/steps.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import type { Start } from "../../state/starts.ts";
import { useReadable } from "../../state/use-poll.ts";

export function Attempt({ attempt }: { readonly attempt: Start | undefined }) {
  if (attempt?.kind === "failed") return <ProblemCard problem={attempt.problem} title="It was not started" />;
  return (
    <p className="quiet below" role="status">
      {attempt?.kind === "asked" && <Step pid={attempt.pid} />}
    </p>
  );
}

function Step({ pid }: { readonly pid: number }) {
  const states = known(useReadable(useApp().states)) ?? [];
  const state = states.findLast(({ target, phase }) => target === null && phase !== "closed");
  const step = stepsOf(state?.phase, false).find(({ mark }) => mark === "now");
  return `Attaching to process ${pid}: ${step?.name ?? "Check"}…`;
}
