// A route in; the snapshots of a recording, or how to take one, out. Next: Snapshot.tsx.
import { type ReactNode, useMemo } from "react";
import type { HeapTaken } from "../../../shared/heap-taken.ts";
import { type SnapshotRoute, snapshot } from "../../logic/heap-route.ts";
import { known } from "../../logic/loadable.ts";
import { Ended } from "../../parts/RecordingHead.tsx";
import { Empty, Loaded, ProblemCard, Skeleton } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { useRecording, useShown } from "../../state/use-recording.ts";
import { go } from "../../state/use-route.ts";
import { useTask } from "../../state/use-task.ts";
import { StartSnapshot } from "../start/StartSnapshot.tsx";
import { Snapshot } from "./Snapshot.tsx";

const everyMs = 2000;

export function SnapshotScreen({ route }: { readonly route: SnapshotRoute }) {
  const loading = useReadable(useApp().states).kind === "loading";
  const path = useShown(route.path);
  if (path !== undefined) return <SnapshotsOf key={path} route={route} path={path} />;
  return loading ? <Skeleton /> : <NoSnapshot />;
}

function SnapshotsOf({ route, path }: { readonly route: SnapshotRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const poll = useMemo(() => createPoll(bridge, "heap.list", { path }), [bridge, path]);
  const list = usePoll(poll, live ? everyMs : undefined);
  const recording = known(view);
  const take = live ? <Take path={path} then={poll.refresh} /> : null;
  return (
    <Loaded loadable={list}>
      {(taken) => (
        <>
          {recording && <Ended view={recording} />}
          {taken.length > 0 ? (
            <Snapshot route={route} path={path} taken={taken} take={take} />
          ) : live ? (
            <NoneYet take={take} />
          ) : (
            <NoSnapshot pid={recording?.target?.pid} />
          )}
          {taken.length > 0 && !live && (
            <details className="below again">
              <summary>Take a snapshot of a process</summary>
              <StartSnapshot pid={recording?.target?.pid} />
            </details>
          )}
        </>
      )}
    </Loaded>
  );
}

function NoSnapshot({ pid }: { readonly pid?: number | undefined }) {
  return (
    <>
      <h1>There is no snapshot here</h1>
      <StartSnapshot pid={pid} />
    </>
  );
}

function NoneYet({ take }: { readonly take: ReactNode }) {
  return (
    <>
      <h1>No snapshot was taken yet</h1>
      <Empty title="A snapshot is every object and who holds it, at one moment">
        <p className="quiet">
          The process forks and its copy is walked, so that it goes on after a few milliseconds. Take two, and see what
          is new between them.
        </p>
        {take}
      </Empty>
    </>
  );
}

interface TakeGiven {
  readonly path: string;
  readonly then: () => void;
}
function Take({ path, then }: TakeGiven) {
  const { bridge } = useApp();
  const { task, begin } = useTask(
    () => bridge.call("heap.take", { path }),
    ({ id }: HeapTaken) => {
      then();
      go({ ...snapshot(path), id });
    },
  );
  return (
    <>
      <div className="row">
        <button type="button" className="main" disabled={task.kind === "asked"} onClick={() => begin(undefined)}>
          {task.kind === "asked" ? "Walking the heap…" : "Take a snapshot"}
        </button>
      </div>
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="No snapshot was taken" />}
    </>
  );
}
