// The recordings on this machine in, the library out; each opens where its finding is. Next: Library.tsx.
import { useMemo } from "react";
import { libraryRows } from "../../logic/library.ts";
import { known } from "../../logic/loadable.ts";
import { processes, type Route } from "../../logic/routes.ts";
import { ChooseFile } from "../../parts/ChooseFile.tsx";
import { Link } from "../../parts/Link.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { LibraryView } from "./LibraryView.tsx";
import { RemovedNotes } from "./RemovedNotes.tsx";

type Here = Extract<Route, { screen: "recordings" }>;

const everyMs = 5000;

export function Recordings({ route }: { readonly route: Here }) {
  const { bridge } = useApp();
  const lists = useMemo(
    () => ({ sessions: createPoll(bridge, "sessions.list", {}), library: createPoll(bridge, "library.state", {}) }),
    [bridge],
  );
  const sessions = usePoll(lists.sessions, everyMs);
  const library = known(usePoll(lists.library, everyMs));
  const changed = () => {
    lists.sessions.refresh();
    lists.library.refresh();
  };
  return (
    <Loaded loadable={sessions}>
      {(list) => (
        <>
          <RemovedNotes rows={library?.removed ?? []} changed={changed} />
          {list.sessions.length === 0 ? (
            <NoneYet />
          ) : (
            <LibraryView route={route} rows={libraryRows(list.sessions, library)} library={library} changed={changed} />
          )}
        </>
      )}
    </Loaded>
  );
}

function NoneYet() {
  return (
    <>
      <h1>No recordings yet</h1>
      <Empty title="A recording is one file, kept when it ends">
        <p className="quiet">
          Three ways to start: choose a process here, record one on the command line with{" "}
          <code>refscope record PID --for 30s</code>, or open a file that somebody gave you: drop it anywhere here. See
          it work without a program of your own: <code>refscope demo</code>
        </p>
        <div className="row">
          <Link to={processes} className="button main">
            Choose a process
          </Link>
          <ChooseFile />
        </div>
      </Empty>
    </>
  );
}
