// What is to be followed in a process in, the form that starts it out: which process, how long, and how the attempt stands. Next: the screen
// that shows the recording.
import { type FormEvent, type ReactNode, useId, useMemo, useState } from "react";
import type { ProcessRow } from "../../../shared/documents.ts";
import { known } from "../../logic/loadable.ts";
import { isLive } from "../../logic/recording.ts";
import { processes, type Route, recordings } from "../../logic/routes.ts";
import { chosenProcess, lasting, type What } from "../../logic/start.ts";
import { Link } from "../../parts/Link.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { useStart } from "../../state/use-start.ts";
import { Attempt } from "./Attempt.tsx";
import { ProcessField, TimeField } from "./fields.tsx";

interface Given {
  readonly name: string;
  /** What the button says. */
  readonly action: string;
  readonly what: What | undefined;
  readonly to: (path: string) => Route;
  /** The other fields, for the chosen process. */
  readonly children: (process: ProcessRow) => ReactNode;
}

const everyMs = 5000;
const usualSeconds = 30;

export function StartForm(given: Given) {
  const { bridge, states } = useApp();
  const list = usePoll(
    useMemo(() => createPoll(bridge, "processes.list", {}), [bridge]),
    everyMs,
  );
  const [pid, choose] = useState<number | undefined>(undefined);
  const running = known(useReadable(states)) ?? [];
  return (
    <Loaded loadable={list}>
      {({ processes: rows }) => {
        const chosen = chosenProcess(rows, pid, running);
        if (!chosen) return <NoProcess />;
        const busy = running.some((state) => isLive(state) && state.target?.pid === chosen.pid);
        return <Fields {...given} rows={rows} chosen={chosen} busy={busy} choose={choose} />;
      }}
    </Loaded>
  );
}

interface FieldsGiven extends Given {
  readonly rows: readonly ProcessRow[];
  readonly chosen: ProcessRow;
  /** It is recorded already: one recording a process. */
  readonly busy: boolean;
  readonly choose: (pid: number) => void;
}

function Fields({ name, action, what, to, children, rows, chosen, busy, choose }: FieldsGiven) {
  const { begin, attempt } = useStart(to);
  const [seconds, setSeconds] = useState(usualSeconds);
  const id = useId();
  const asked = attempt?.kind === "asked" || attempt?.kind === "recording";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (what && !asked && !busy) begin({ pid: chosen.pid, ...what, ...lasting(seconds) });
  };
  return (
    <>
      <form className="start" aria-label={name} onSubmit={submit}>
        <ProcessField id={`${id}-process`} rows={rows} chosen={chosen} choose={choose} />
        {children(chosen)}
        <TimeField id={`${id}-time`} seconds={seconds} change={setSeconds} />
        <div className="row">
          <button type="submit" className="main" disabled={what === undefined || asked || busy}>
            {action}
          </button>
          <Link to={recordings} className="button">
            Open a recording
          </Link>
        </div>
        {busy && <p className="quiet row">It is being recorded now. Stop that first, or choose another process.</p>}
      </form>
      <Attempt attempt={attempt} />
    </>
  );
}

function NoProcess() {
  return (
    <>
      <p className="quiet">No Python process here can be attached to.</p>
      <div className="row">
        <Link to={processes} className="button main">
          See why
        </Link>
        <Link to={recordings} className="button">
          Open a recording
        </Link>
      </div>
    </>
  );
}
