// A recording in, who holds the GIL and who waits out: the finding, the tracks, then every table behind it. Next: Tracks.tsx, Tables.tsx.
import { useMemo } from "react";
import type { GilReport } from "../../../shared/gil-document.ts";
import { plain } from "../../logic/finding.ts";
import { gilHeadline, gilSummary, groundSentence } from "../../logic/gil/finding.ts";
import { namesOf } from "../../logic/gil/threads.ts";
import type { GilRoute } from "../../logic/gil-route.ts";
import type { RecordingView } from "../../logic/recording.ts";
import { NotObserved } from "../../parts/NotObserved.tsx";
import { OfRecording } from "../../parts/OfRecording.tsx";
import { Ended } from "../../parts/RecordingHead.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useTracks } from "../../state/gil/use-tracks.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { useRecording } from "../../state/use-recording.ts";
import { Chosen } from "./Chosen.tsx";
import { Distribution } from "./Distribution.tsx";
import { goToLongHold } from "./go-to.ts";
import { NoGil } from "./NoGil.tsx";
import { Notes } from "./Notes.tsx";
import { Calls, Tables } from "./Tables.tsx";
import { TracksCard } from "./Tracks.tsx";

const everyMs = 2000;

export function Gil({ route }: { readonly route: GilRoute }) {
  return <OfRecording asked={route.path}>{(path) => <GilOf route={route} path={path} />}</OfRecording>;
}

interface Given {
  readonly route: GilRoute;
  readonly path: string;
}

function GilOf({ route, path }: Given) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const poll = useMemo(() => createPoll(bridge, "gil.report", { path }), [bridge, path]);
  const report = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={view}>
      {(recording) => (
        <Loaded loadable={report}>
          {(found) =>
            found ? (
              <Ready route={route} path={path} view={recording} live={live} report={found} />
            ) : (
              <NoGil view={recording} />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}

type ReadyGiven = Given & { readonly view: RecordingView; readonly live: boolean; readonly report: GilReport };

function Ready({ route, path, view, live, report }: ReadyGiven) {
  const { tracks, now } = useTracks(route, path, view.seconds, live);
  const { bridge } = useApp();
  const names = useMemo(() => namesOf(report.threads), [report.threads]);
  if (report.threads.length === 0) return <Nobody view={view} live={live} />;
  return (
    <>
      <Ended view={view} />
      <h1>
        <Said sentence={gilHeadline(report)} />
      </h1>
      <p className="quiet">{groundSentence(report, view.seconds)}</p>
      <Summary report={report} />
      <Notes report={report} view={view} tracks={tracks} />
      <TracksCard route={route} tracks={tracks} path={path} report={report} now={now} />
      <Chosen route={route} tracks={tracks} path={path} names={names} report={report} />
      <Tables
        report={report}
        names={names}
        filter={route.filter}
        goTo={(hold) => void goToLongHold(bridge, path, tracks, hold)}
      />
      <Distribution path={path} live={live} tracks={tracks} />
      <Calls report={report} />
      <NotObserved view={view} />
    </>
  );
}

function Summary({ report }: { readonly report: GilReport }) {
  return (
    <ul className="plain" aria-label="Summary">
      {gilSummary(report).map((sentence) => (
        <li key={plain(sentence)}>
          <Said sentence={sentence} />
        </li>
      ))}
    </ul>
  );
}

function Nobody({ view, live }: { readonly view: RecordingView; readonly live: boolean }) {
  return (
    <>
      <Ended view={view} />
      <h1>{live ? "Nobody has taken the GIL yet" : "Nobody took the GIL"}</h1>
      <Empty title={live ? "Waiting for the first hold" : "There is no hold in this recording"}>
        <p className="quiet">
          {live
            ? "A hold is known when it ends. If it stays like this, every thread of the process sleeps."
            : "Every thread of the process slept while it was watched. Record it while it works."}
        </p>
      </Empty>
      <NotObserved view={view} />
    </>
  );
}
