// A recording in, what is not in it out, asked for when the screen has what it shows. All of the file is read for the answer. Used by the views.
import { useMemo } from "react";
import { known } from "../logic/loadable.ts";
import { isUnfinished, type RecordingView } from "../logic/recording.ts";
import { useApp } from "../state/app-context.ts";
import { createPoll } from "../state/poll.ts";
import { usePoll } from "../state/use-poll.ts";
import { Words } from "./Words.tsx";

const everyMs = 10_000;

export function NotObserved({ view }: { readonly view: Pick<RecordingView, "path" | "status"> }) {
  const { bridge } = useApp();
  const live = isUnfinished(view);
  const poll = useMemo(() => createPoll(bridge, "recording.lacks", { path: view.path }), [bridge, view.path]);
  const lacks = known(usePoll(poll, live ? everyMs : undefined));
  // A file that has just been begun or is just being finished may look damaged for a moment.
  return lacks && live === isUnfinished(lacks) ? <Lacks rows={lacks.notObserved} /> : null;
}

export function Lacks({ rows }: { readonly rows: readonly string[] }) {
  if (rows.length === 0) return null;
  return (
    <section className="not-observed">
      <h2>Not observed</h2>
      <ul>
        {rows.map((text) => (
          <li key={text}>
            <Words text={text} />
          </li>
        ))}
      </ul>
    </section>
  );
}
