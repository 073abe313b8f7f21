// What is to be followed in a process in, the form that begins to record it out. Next: the screen that shows the recording.
import type { ReactNode } from "react";
import type { ProcessRow } from "../../../shared/documents.ts";
import type { Route } from "../../logic/routes.ts";
import { ofEach } from "../../logic/settings.ts";
import { lasting, type What } from "../../logic/start.ts";
import { useApp } from "../../state/app-context.ts";
import { useStart } from "../../state/use-start.ts";
import { Attempt } from "./Attempt.tsx";
import { recordingTimes } from "./fields.tsx";
import { StartForm } from "./StartForm.tsx";

interface Given {
  readonly name: string;
  /** The process that is chosen at first. */
  readonly pid?: number | undefined;
  readonly action: string;
  readonly what: What | undefined;
  readonly to: (path: string) => Route;
  readonly children: (process: ProcessRow) => ReactNode;
}

export function StartRecording({ name, pid, action, what, to, children }: Given) {
  const { begin, attempt } = useStart(to);
  const { settings } = useApp();
  const asked = attempt?.kind === "asked" || attempt?.kind === "recording";
  return (
    <StartForm
      name={name}
      pid={pid}
      action={action}
      ready={what !== undefined && !asked}
      times={recordingTimes}
      begin={(pid, seconds) => begin({ pid, ...what, ...lasting(seconds), ...ofEach(settings.get().recording) })}
      said={<Attempt attempt={attempt} />}
    >
      {children}
    </StartForm>
  );
}
