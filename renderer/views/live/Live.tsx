// A recording in, its dashboard out, the same for one that runs and one that is done. Next: Dashboard.tsx.
import { useMemo } from "react";
import type { LiveRoute } from "../../logic/routes.ts";
import { collectsObjects, NoObjects } from "../../parts/NoObjects.tsx";
import { NoRecording } from "../../parts/NoRecording.tsx";
import { Loaded, Skeleton } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { usePresent, useRecording } from "../../state/use-recording.ts";
import { Dashboard } from "./Dashboard.tsx";

export function Live({ route }: { readonly route: LiveRoute }) {
  const { path } = route;
  const state = usePresent(path);
  const states = useReadable(useApp().states);
  const shown = path ?? state?.path;
  if (shown !== undefined) return <LiveOf key={shown} route={route} path={shown} />;
  return states.kind === "loading" ? <Skeleton /> : <NoRecording />;
}

/** Bars of some pixels each; the engine answers with what fits the resolutions it keeps. */
const buckets = 240;
const everyMs = 500;

function LiveOf({ route, path }: { readonly route: LiveRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const poll = useMemo(() => createPoll(bridge, "recording.series", { path, buckets }), [bridge, path]);
  const series = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={view}>
      {(recording) => (
        <Loaded loadable={series}>
          {(points) =>
            collectsObjects(recording) ? (
              <Dashboard route={route} view={recording} series={points} live={live} />
            ) : (
              <NoObjects view={recording} />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}
