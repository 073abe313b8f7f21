// A recording in, what became of the reference count of a followed object out. Next: ObjectView.tsx.
import { useMemo } from "react";
import type { History } from "../../../shared/documents.ts";
import type { ObjectSteps } from "../../../shared/history-views.ts";
import type { RecordingView } from "../../logic/recording.ts";
import type { ObjectRoute } from "../../logic/routes.ts";
import { NoRecording } from "../../parts/NoRecording.tsx";
import { Ended, NotObserved } from "../../parts/RecordingHead.tsx";
import { Empty, Loaded, Skeleton } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { usePresent, useRecording } from "../../state/use-recording.ts";
import { refine } from "../../state/use-route.ts";
import { NotWatched } from "./NotWatched.tsx";
import { ObjectView } from "./ObjectView.tsx";

const everyMs = 1000;
/** Changes come with their stacks: more of them are told by the line and the sums. */
const mostChanges = 2000;
const points = 600;

export function ObjectScreen({ route }: { readonly route: ObjectRoute }) {
  const present = usePresent(route.path);
  const states = useReadable(useApp().states);
  const path = route.path ?? present?.path;
  if (path !== undefined) return <ObjectOf key={path} route={route} path={path} />;
  return states.kind === "loading" ? <Skeleton /> : <NoRecording />;
}

function ObjectOf({ route, path }: { readonly route: ObjectRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const [lines, changes] = useMemo(
    () => [
      createPoll(bridge, "history.steps", { path, points }),
      createPoll(bridge, "history.report", { path, limit: mostChanges }),
    ],
    [bridge, path],
  );
  const steps = usePoll(lines, live ? everyMs : undefined);
  const told = usePoll(changes, live ? everyMs : undefined);
  return (
    <Loaded loadable={view}>
      {(recording) => (
        <Loaded loadable={steps}>
          {(line) => (
            <Loaded loadable={told}>
              {(found) =>
                line && found ? (
                  <Ready route={route} view={recording} objects={line.objects} histories={found.histories} />
                ) : (
                  <NotWatched />
                )
              }
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

interface ReadyGiven {
  readonly route: ObjectRoute;
  readonly view: RecordingView;
  readonly objects: readonly ObjectSteps[];
  readonly histories: readonly History[];
}

function Ready({ route, view, objects, histories }: ReadyGiven) {
  const steps = objects.find(({ address }) => address === route.address) ?? objects[0];
  const history = histories.find(({ object }) => object.address === steps?.address);
  return (
    <>
      <Ended view={view} />
      {objects.length > 1 && steps && <Choice route={route} objects={objects} chosen={steps} />}
      {steps && history ? (
        <ObjectView key={steps.address} route={route} steps={steps} history={history} />
      ) : (
        <>
          <h1>No object is followed yet</h1>
          <Empty title="Its breakpoint is being set">
            <p className="quiet">The first change shows up a tenth of a second after it happened.</p>
          </Empty>
        </>
      )}
      <NotObserved view={view} />
    </>
  );
}

type ChoiceGiven = Pick<ReadyGiven, "route" | "objects"> & { readonly chosen: ObjectSteps };

function Choice({ route, objects, chosen }: ChoiceGiven) {
  return (
    <fieldset className="tabs objects" aria-label="Object">
      {objects.map(({ address, type }) => (
        <button
          key={address}
          type="button"
          aria-pressed={address === chosen.address}
          onClick={() => refine({ ...route, address })}
        >
          <Words text={`${type} ${address}`} max={40} />
        </button>
      ))}
    </fieldset>
  );
}
