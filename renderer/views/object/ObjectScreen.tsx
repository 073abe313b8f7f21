// A recording in, what became of the reference count of a followed object out. Next: ObjectView.tsx.
import { useMemo } from "react";
import type { History } from "../../../shared/documents.ts";
import type { ObjectSteps } from "../../../shared/history-views.ts";
import type { SampleDocument } from "../../../shared/sample-document.ts";
import { objectIds, otherLives } from "../../logic/history.ts";
import { known } from "../../logic/loadable.ts";
import type { RecordingView } from "../../logic/recording.ts";
import type { ObjectRoute } from "../../logic/routes.ts";
import { NotObserved } from "../../parts/NotObserved.tsx";
import { Ended } from "../../parts/RecordingHead.tsx";
import { Empty, Loaded, Skeleton } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { useRecording, useShown } from "../../state/use-recording.ts";
import { StartWatch } from "../start/StartWatch.tsx";
import { Choice } from "./Choice.tsx";
import { ObjectView } from "./ObjectView.tsx";
import { Sample } from "./Sample.tsx";

const everyMs = 1000;
/** Changes come with their stacks: more of them are told by the line and the sums. */
const mostChanges = 2000;
const points = 600;

export function ObjectScreen({ route }: { readonly route: ObjectRoute }) {
  const states = useReadable(useApp().states);
  const path = useShown(route.path);
  if (path !== undefined) return <ObjectOf key={path} route={route} path={path} />;
  return states.kind === "loading" ? <Skeleton /> : <NotWatched route={route} />;
}

function ObjectOf({ route, path }: { readonly route: ObjectRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const [lines, changes, common] = useMemo(
    () => [
      createPoll(bridge, "history.steps", { path, points }),
      createPoll(bridge, "history.report", { path, limit: mostChanges }),
      createPoll(bridge, "sample.report", { path, limit: 1 }),
    ],
    [bridge, path],
  );
  const steps = usePoll(lines, live ? everyMs : undefined);
  const told = usePoll(changes, live ? everyMs : undefined);
  const sample = known(usePoll(common, live ? everyMs : undefined)) ?? undefined;
  return (
    <Loaded loadable={view}>
      {(recording) => (
        <Loaded loadable={steps}>
          {(line) => (
            <Loaded loadable={told}>
              {(found) =>
                line && found ? (
                  <Ready
                    route={route}
                    view={recording}
                    live={live}
                    objects={line.objects}
                    histories={found.histories}
                    sample={sample}
                  />
                ) : (
                  <NotWatched route={route} />
                )
              }
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function NotWatched({ route: { watch, pid } }: { readonly route: ObjectRoute }) {
  return (
    <>
      <h1>
        {watch === undefined ? "No object was followed" : "Follow it, to see who takes references and keeps them"}
      </h1>
      <StartWatch key={watch} watch={watch} pid={pid} />
    </>
  );
}

interface ReadyGiven {
  readonly route: ObjectRoute;
  readonly view: RecordingView;
  readonly objects: readonly ObjectSteps[];
  readonly histories: readonly History[];
  readonly live: boolean;
  /** Where the objects of a site were followed. */
  readonly sample: SampleDocument | undefined;
}

function Ready({ route, view, live, objects, histories, sample }: ReadyGiven) {
  const chosen = Math.max(0, objectIds(objects).indexOf(route.address ?? ""));
  const [steps, history] = [objects[chosen], histories[chosen]];
  return (
    <>
      <Ended view={view} />
      {sample && <Sample sample={sample} live={live} />}
      {objects.length > 1 && <Choice route={route} objects={objects} chosen={chosen} />}
      {steps && history ? (
        <ObjectView
          key={chosen}
          route={route}
          path={view.path}
          steps={steps}
          history={history}
          lives={otherLives(objects, chosen)}
          title={sample === undefined ? "h1" : "h2"}
        />
      ) : sample ? null : (
        <>
          <h1>No object is followed yet</h1>
          <Empty title="Its breakpoint is being set">
            <p className="quiet">The first change shows up a tenth of a second after it happened.</p>
          </Empty>
        </>
      )}
      <NotObserved view={view} />
      {!live && (
        <details className="below" open={route.watch !== undefined}>
          <summary>Watch other objects</summary>
          <StartWatch key={route.watch} watch={route.watch} pid={route.pid ?? view.target?.pid} />
        </details>
      )}
    </>
  );
}
