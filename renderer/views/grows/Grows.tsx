// A recording in, what grows in it out: the finding as a sentence, its evidence, then every site and type. Next: Tables.tsx.
import { useMemo } from "react";
import type { SiteRow } from "../../../shared/documents.ts";
import { culprit, headline } from "../../logic/finding.ts";
import type { RecordingView } from "../../logic/recording.ts";
import type { GrowsRoute } from "../../logic/routes.ts";
import { collectsObjects, NoObjects } from "../../parts/NoObjects.tsx";
import { NoRecording } from "../../parts/NoRecording.tsx";
import { NotObserved } from "../../parts/NotObserved.tsx";
import { Ended, Ground } from "../../parts/RecordingHead.tsx";
import { Loaded, Skeleton } from "../../parts/States.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { usePresent, useRecording } from "../../state/use-recording.ts";
import { Argument } from "./Argument.tsx";
import { Tables } from "./Tables.tsx";

const everyMs = 1000;
const first = 200;

export function Grows({ route }: { readonly route: GrowsRoute }) {
  const present = usePresent(route.path);
  const states = useReadable(useApp().states);
  const path = route.path ?? present?.path;
  if (path !== undefined) return <GrowsOf key={path} route={route} path={path} />;
  return states.kind === "loading" ? <Skeleton /> : <NoRecording />;
}

function GrowsOf({ route, path }: { readonly route: GrowsRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { view, live } = useRecording(path);
  const poll = useMemo(() => createPoll(bridge, "recording.sites", { path, limit: first }), [bridge, path]);
  const sites = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={view}>
      {(recording) => (
        <Loaded loadable={sites}>
          {({ rows, of }) =>
            !collectsObjects(recording) ? (
              <NoObjects view={recording} />
            ) : (
              <>
                <Ended view={recording} />
                <Head view={recording} sites={rows} />
                <Tables route={route} path={path} live={live} sites={rows} sitesInAll={of} />
                <NotObserved view={recording} />
              </>
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}

function Head({ view, sites }: { readonly view: RecordingView; readonly sites: readonly SiteRow[] }) {
  const worst = culprit(sites);
  return (
    <>
      <h1>
        <Said sentence={headline(sites)} />
      </h1>
      <Ground view={view} />
      {worst && <Argument path={view.path} site={worst} sites={sites} />}
      {!worst && sites.length > 0 && (
        <p className="quiet">
          No site kept growing in most of the intervals after warm-up. A slow leak needs a longer recording, or more
          work in the process.
        </p>
      )}
    </>
  );
}
