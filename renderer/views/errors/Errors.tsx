// A recording in, the errors its program raised, and those it lost, out. Next: Rates.tsx, Raised.tsx, Findings.tsx.
import { useMemo } from "react";
import type { ErrorsReport } from "../../../shared/documents.ts";
import { timed } from "../../logic/error-times.ts";
import { errorsHeadline, groundWords } from "../../logic/errors.ts";
import { counted } from "../../logic/format.ts";
import { known } from "../../logic/loadable.ts";
import type { RecordingView } from "../../logic/recording.ts";
import type { ErrorsRoute } from "../../logic/routes.ts";
import { CallTable } from "../../parts/CallTable.tsx";
import { NotCollected } from "../../parts/NotCollected.tsx";
import { NotObserved } from "../../parts/NotObserved.tsx";
import { OfRecording } from "../../parts/OfRecording.tsx";
import { Ended } from "../../parts/RecordingHead.tsx";
import { Empty, Loaded, Note } from "../../parts/States.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { useRecording } from "../../state/use-recording.ts";
import { Findings } from "./Findings.tsx";
import { Latest } from "./Latest.tsx";
import { Raised } from "./Raised.tsx";
import { Rates } from "./Rates.tsx";

const everyMs = 1000;

export function Errors({ route }: { readonly route: ErrorsRoute }) {
  return <OfRecording asked={route.path}>{(path) => <ErrorsOf route={route} path={path} />}</OfRecording>;
}

function ErrorsOf({ route, path }: { readonly route: ErrorsRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const poll = useMemo(() => createPoll(bridge, "errors.report", { path }), [bridge, path]);
  const report = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={view}>
      {(recording) => (
        <Loaded loadable={report}>
          {(found) =>
            found ? (
              <Ready route={route} path={path} live={live} view={recording} report={found} />
            ) : (
              <NotCollected title="Errors were not followed" box="errors" kind="errors" />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}

interface ReadyGiven {
  readonly route: ErrorsRoute;
  readonly path: string;
  readonly live: boolean;
  readonly view: RecordingView;
  readonly report: ErrorsReport;
}

function Ready({ route, path, live, view, report }: ReadyGiven) {
  const times = useTimes(path, live);
  const rows = useMemo(() => timed(report.raised, times?.groups ?? []), [report.raised, times?.groups]);
  const isEmpty = report.raised.length === 0 && report.findings.length === 0;
  return (
    <>
      <Ended view={view} />
      <h1>{isEmpty && live ? "No error was raised yet" : <Said sentence={errorsHeadline(report)} />}</h1>
      {isEmpty ? <Nothing live={live} /> : <p className="quiet">{groundWords(report)}</p>}
      <Dropped view={view} />
      {!isEmpty && <Rates path={path} live={live} />}
      <Findings path={path} findings={report.findings} details={times?.details ?? undefined} />
      {!isEmpty && <Raised route={route} path={path} rows={rows} />}
      <Latest path={path} rows={times?.latest ?? []} />
      <h2 className="over">Calls of PyErr functions, by module</h2>
      <CallTable label="PyErr calls" rows={report.calls} empty="No extension called a PyErr function." />
      <NotObserved view={view} />
    </>
  );
}

function useTimes(path: string, live: boolean) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "errors.times", { path }), [bridge, path]);
  return known(usePoll(poll, live ? everyMs : undefined)) ?? undefined;
}

function Dropped({ view }: { readonly view: RecordingView }) {
  const dropped = view.droppedByKind["errors"] ?? 0;
  if (dropped === 0) return null;
  const text = `${counted(dropped, "error was", "errors were")} dropped; counts are too low by that much.`;
  return <Note title="Some errors are missing" text={text} />;
}

function Nothing({ live }: { readonly live: boolean }) {
  return (
    <Empty title={live ? "Watching; nothing so far" : "Nothing was raised while it was watched"}>
      <p className="quiet">
        {live
          ? "A row appears a tenth of a second after the first error, whether the program catches it or not."
          : "No Python and no C code of the process set the error indicator. Record it while it works."}
      </p>
    </Empty>
  );
}
