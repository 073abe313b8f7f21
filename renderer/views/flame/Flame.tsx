// A recording in, its memory by the stacks that allocated it out: as a graph and as a table. Next: Stacks.tsx.
import { useMemo } from "react";
import type { Flame as FlameTree } from "../../../shared/flame.ts";
import type { FlameRoute } from "../../logic/evidence-route.ts";
import { headlineOf } from "../../logic/flame/said.ts";
import { columnsOf, treeOf } from "../../logic/flame/tree.ts";
import { collectsObjects, NoObjects } from "../../parts/NoObjects.tsx";
import { NoRecording } from "../../parts/NoRecording.tsx";
import { NotObserved } from "../../parts/NotObserved.tsx";
import { Ended, Ground } from "../../parts/RecordingHead.tsx";
import { Source } from "../../parts/Source.tsx";
import { Empty, Loaded, Note, Skeleton } from "../../parts/States.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { usePresent, useRecording } from "../../state/use-recording.ts";
import { go, refine } from "../../state/use-route.ts";
import { Stacks } from "./Stacks.tsx";

const everyMs = 5000;

export function Flame({ route }: { readonly route: FlameRoute }) {
  const present = usePresent(route.path);
  const states = useReadable(useApp().states);
  const path = route.path ?? present?.path;
  if (path !== undefined) return <FlameOf key={path} route={route} path={path} />;
  return states.kind === "loading" ? <Skeleton /> : <NoRecording />;
}

function FlameOf({ route, path }: { readonly route: FlameRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { measure } = route;
  const { view, live } = useRecording(path);
  const poll = useMemo(() => createPoll(bridge, "recording.flame", { path, measure }), [bridge, path, measure]);
  const flame = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={view}>
      {(recording) =>
        collectsObjects(recording) ? (
          <Loaded loadable={flame}>
            {(tree) => (
              <>
                <Ended view={recording} />
                <h1>
                  <Headline flame={tree} />
                </h1>
                <Ground view={recording} />
                <Shown flame={tree} route={route} path={path} />
                <NotObserved view={recording} />
              </>
            )}
          </Loaded>
        ) : (
          <NoObjects view={recording} />
        )
      }
    </Loaded>
  );
}

function Headline({ flame }: { readonly flame: FlameTree }) {
  const sentence = useMemo(
    () => headlineOf(treeOf(columnsOf(flame)), { measure: flame.measure, compares: false }),
    [flame],
  );
  return flame.parent.length > 1 ? <Said sentence={sentence} /> : "Nothing was allocated yet";
}

interface ShownGiven {
  readonly flame: FlameTree;
  readonly route: FlameRoute;
  readonly path: string;
}
function Shown({ flame, route, path }: ShownGiven) {
  if (flame.parent.length <= 1)
    return (
      <Empty title="No stack yet">
        <p className="quiet">They appear with the first batch, a tenth of a second after the first allocation.</p>
      </Empty>
    );
  return (
    <>
      {flame.deepest <= 1 && <Shallow />}
      <Stacks
        flame={flame}
        view={route}
        change={(more) => refine({ ...route, ...more })}
        step={(more) => go({ ...route, ...more })}
        source={({ file }, line) => <Source path={path} frame={{ file, line }} />}
      />
    </>
  );
}

/** What is there is shown all the same. */
const Shallow = () => (
  <Note
    title="Recorded without stacks"
    text="Each place stands alone: who called it was not recorded. Record with more frames: refscope record PID --frames 16"
  />
);
