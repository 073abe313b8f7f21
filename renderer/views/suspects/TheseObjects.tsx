// A suspect in; a link to the objects of its kind in the newest snapshot out, which says how many they are.
import { useMemo } from "react";
import type { Suspect } from "../../../shared/diagnosis-document.ts";
import { count } from "../../logic/format.ts";
import { known } from "../../logic/loadable.ts";
import { type ObjectsRoute, objectsOf } from "../../logic/suspect-next.ts";
import { Link } from "../../parts/Link.tsx";
import { Code } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

interface Given {
  readonly path: string;
  readonly suspect: Suspect;
}

export function TheseObjects({ path, suspect }: Given) {
  const to = objectsOf(suspect, path);
  return to ? <Counted key={`${path} ${to.set} ${to.type}`} path={path} to={to} /> : null;
}

interface CountedGiven {
  readonly path: string;
  readonly to: ObjectsRoute;
}

function Counted({ path, to }: CountedGiven) {
  const { bridge } = useApp();
  const { type, set } = to;
  const poll = useMemo(
    () => createPoll(bridge, "heap.objects", { path, type, set, limit: 1 }),
    [bridge, path, type, set],
  );
  const found = known(usePoll(poll));
  if (found?.of === 0) return null;
  return (
    <Link to={to} className="button">
      {found ? (
        <span>
          Show the {count(found.of)} <Code text={type} max={40} />
        </span>
      ) : (
        "These objects"
      )}
    </Link>
  );
}
