// A recording that is to be given to somebody in; what leaves it at a level, the copy without that, and texts to paste, out. Next: Leaving.tsx,
// Copying.tsx.
import { useMemo } from "react";
import { redactionLevels } from "../../../shared/evidence-documents.ts";
import { visible } from "../../logic/escape.ts";
import { plainFileName } from "../../logic/library.ts";
import { known } from "../../logic/loadable.ts";
import { recordings } from "../../logic/routes.ts";
import type { ShareRoute } from "../../logic/share-route.ts";
import { shareHeadline } from "../../logic/sharing.ts";
import { Link } from "../../parts/Link.tsx";
import { NoRecording } from "../../parts/NoRecording.tsx";
import { Loaded, ProblemCard } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { useShown } from "../../state/use-recording.ts";
import { refine } from "../../state/use-route.ts";
import { CopyTexts } from "./CopyTexts.tsx";
import { Exports } from "./Exports.tsx";
import { Leaving } from "./Leaving.tsx";
import { WriteCopy } from "./WriteCopy.tsx";

export function Share({ route }: { readonly route: ShareRoute }) {
  const path = useShown(route.path);
  return path === undefined ? <NoRecording /> : <ShareOf key={`${path} ${route.level}`} route={route} path={path} />;
}

function ShareOf({ route, path }: { readonly route: ShareRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { level } = route;
  const preview = usePoll(
    useMemo(() => createPoll(bridge, "recording.redact", { path, level, write: false }), [bridge, path, level]),
  );
  const told = known(preview);
  return (
    <>
      <h1>{told ? shareHeadline(told) : "What leaves this recording?"}</h1>
      <p className="quiet">
        <Words text={plainFileName(path)} max={80} /> stays as it is. A copy is written without what is private; nothing
        is sent anywhere.
      </p>
      <Levels route={route} />
      {preview.kind === "error" ? (
        <ProblemCard problem={preview.problem} title="It cannot be shared as it is">
          <Link to={recordings} className="button">
            Recordings
          </Link>
        </ProblemCard>
      ) : (
        <Loaded loadable={preview}>
          {(found) => (
            <>
              <WriteCopy path={path} level={level} />
              <CopyTexts path={path} level={level} />
              <Exports path={path} level={level} />
              <Leaving preview={found} />
            </>
          )}
        </Loaded>
      )}
    </>
  );
}

const levelWords = {
  standard: {
    name: "Standard",
    about: "Without messages of exceptions, secrets and names of homes. Files, threads and the command line stay.",
  },
  minimal: {
    name: "Minimal",
    about: "Also without folders, names of threads, the command line, and snapshots of the heap.",
  },
} as const;

function Levels({ route }: { readonly route: ShareRoute }) {
  return (
    <fieldset className="levels">
      <legend className="heard">How much leaves</legend>
      {redactionLevels.toReversed().map((level) => (
        <label key={level} className="card">
          <input
            type="radio"
            name="level"
            checked={route.level === level}
            onChange={() => refine({ ...route, level })}
            aria-label={visible(levelWords[level].name)}
          />
          <span className="strong">{levelWords[level].name}</span>
          <p className="quiet">{levelWords[level].about}</p>
        </label>
      ))}
    </fieldset>
  );
}
