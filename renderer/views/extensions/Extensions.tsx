// A recording in, what an audited extension module keeps and breaks out: the worst as a sentence, then every finding and function. Next: Findings.tsx, Module.tsx.
import { useMemo } from "react";
import type { AuditDocument } from "../../../shared/audit-result.ts";
import { auditHeadline, callsOf, findingsOf, isImported, missedCalls, moduleName } from "../../logic/audit.ts";
import { counted, duration } from "../../logic/format.ts";
import type { RecordingView } from "../../logic/recording.ts";
import type { ExtensionsRoute } from "../../logic/routes.ts";
import { NotObserved } from "../../parts/NotObserved.tsx";
import { Ended } from "../../parts/RecordingHead.tsx";
import { Empty, Loaded, Note, Skeleton } from "../../parts/States.tsx";
import { Code, Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { useRecording, useShown } from "../../state/use-recording.ts";
import { StartAudit } from "../start/StartAudit.tsx";
import { Findings } from "./Findings.tsx";
import { Modules } from "./Modules.tsx";

const everyMs = 1000;

export function Extensions({ route }: { readonly route: ExtensionsRoute }) {
  const states = useReadable(useApp().states);
  const path = useShown(route.path);
  if (path !== undefined) return <ExtensionsOf key={path} route={route} path={path} />;
  return states.kind === "loading" ? <Skeleton /> : <NotAudited />;
}

function ExtensionsOf({ route, path }: { readonly route: ExtensionsRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const poll = useMemo(() => createPoll(bridge, "audit.report", { path }), [bridge, path]);
  const report = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={view}>
      {(recording) => (
        <Loaded loadable={report}>
          {(found) => (found ? <Ready route={route} live={live} view={recording} found={found} /> : <NotAudited />)}
        </Loaded>
      )}
    </Loaded>
  );
}

function NotAudited() {
  return (
    <>
      <h1>No extension module was audited</h1>
      <StartAudit />
    </>
  );
}

interface ReadyGiven {
  readonly route: ExtensionsRoute;
  readonly live: boolean;
  readonly view: RecordingView;
  readonly found: AuditDocument;
}

function Ready({ route, live, view, found }: ReadyGiven) {
  const findings = findingsOf(found);
  const { modules } = found.references;
  return (
    <>
      <Ended view={view} />
      <h1>
        <Said sentence={auditHeadline(found, live)} />
      </h1>
      <p className="quiet ground">
        {isImported(found)
          ? `Followed for ${duration(found.seconds)}: ${counted(callsOf(found), "call", "calls")}, ${counted(findings.length, "finding", "findings")}${live ? " so far" : ""}${findings.length > 1 ? ", the worst first" : ""}.`
          : `Waited for ${duration(found.seconds)}.`}
      </p>
      <Dropped view={view} />
      {modules.map((module) => (
        <Missed key={module.module} calls={missedCalls(module)} />
      ))}
      {findings.length === 0 ? (
        <Nothing found={found} live={live} />
      ) : (
        <Findings path={view.path} findings={findings} />
      )}
      <Modules route={route} modules={modules} />
      <NotObserved view={view} />
      {!live && (
        <details className="below again">
          <summary>Audit a module</summary>
          <StartAudit />
        </details>
      )}
    </>
  );
}

function Dropped({ view: { dropped } }: { readonly view: RecordingView }) {
  if (dropped === 0) return null;
  const text = `${counted(dropped, "event was", "events were")} dropped; counts are too low by that much.`;
  return <Note title="Some calls are missing" text={text} />;
}

function Missed({ calls }: { readonly calls: number }) {
  if (calls === 0) return null;
  const text = `It called the C API ${counted(calls, "time", "times")} from functions that could not be followed; nothing is said of these.`;
  return <Note title="Entry points were missed" text={text} />;
}

function Nothing({ found, live }: { readonly found: AuditDocument; readonly live: boolean }) {
  const name = <Code text={moduleName(found.module)} max={60} />;
  if (!isImported(found))
    return (
      <Empty title={live ? "Waiting for its import" : "It was never imported"}>
        <p className="quiet">
          {live
            ? "It is followed as soon as the program imports "
            : "Nothing is known of it. Audit while the program imports "}
          {name}.
        </p>
      </Empty>
    );
  return (
    <Empty title={live ? "Watching; nothing so far" : "Nothing was found"}>
      <p className="quiet">
        No rule of the C API was seen broken, and no reference was kept at each call. Only functions of {name} that the
        program called are looked at: use it meanwhile.
      </p>
    </Empty>
  );
}
