// What a screen begins and its own fields in, the one form that begins things out: which process, how long, and how the attempt stands.
// Next: StartRecording.tsx, StartDiagnosis.tsx, StartSnapshot.tsx.
import { type FormEvent, type ReactNode, useId, useMemo, useState } from "react";
import type { ProcessRow } from "../../../shared/documents.ts";
import { known } from "../../logic/loadable.ts";
import { isLive } from "../../logic/recording.ts";
import { processes, recordings } from "../../logic/routes.ts";
import { chosenProcess } from "../../logic/start.ts";
import { Link } from "../../parts/Link.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { ProcessField, TimeField, type Times } from "./fields.tsx";

interface Given {
  readonly name: string;
  /** The process that is chosen at first, where it is still there. */
  readonly pid?: number | undefined;
  /** What the button says. */
  readonly action: string;
  /** False while something has to be filled in, or an attempt goes on. */
  readonly ready: boolean;
  /** Undefined: it takes as long as it takes. */
  readonly times: Times | undefined;
  readonly begin: (pid: number, seconds: number) => void;
  /** How the attempt stands. */
  readonly said: ReactNode;
  /** The other fields, for the chosen process. */
  readonly children?: (process: ProcessRow) => ReactNode;
}

const everyMs = 5000;

export function StartForm(given: Given) {
  const { bridge, states } = useApp();
  const list = usePoll(
    useMemo(() => createPoll(bridge, "processes.list", {}), [bridge]),
    everyMs,
  );
  const [pid, choose] = useState(given.pid);
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

function Fields({ name, action, ready, times, begin, said, children, rows, chosen, busy, choose }: FieldsGiven) {
  const [seconds, setSeconds] = useState(times?.usual ?? 0);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) begin(chosen.pid, seconds);
  };
  return (
    <>
      <form className="start" aria-label={name} onSubmit={submit}>
        <ProcessField id={`${id}-process`} rows={rows} chosen={chosen} choose={choose} />
        {children?.(chosen)}
        {times && <TimeField id={`${id}-time`} times={times} seconds={seconds} change={setSeconds} />}
        <div className="row">
          <button type="submit" className="main" disabled={!ready || busy}>
            {action}
          </button>
          <Link to={recordings} className="button">
            Open a recording
          </Link>
        </div>
        {busy && <p className="quiet row">It is being recorded now. Stop that first, or choose another process.</p>}
      </form>
      {said}
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
