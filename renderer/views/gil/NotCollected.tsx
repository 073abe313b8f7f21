// A recording without the GIL in, why there is nothing to see and what to do about it out.
import type { RecordingView } from "../../logic/recording.ts";
import { processes } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { Empty } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";

export function NotCollected({ view }: { readonly view: RecordingView }) {
  if (view.target?.build.includes("free-threaded"))
    return (
      <>
        <h1>This build of Python has no GIL</h1>
        <Empty title="Its threads run at the same time">
          <p className="quiet">
            CPython <Words text={view.target.python} max={20} /> is free-threaded: there is no lock that one thread
            holds and others wait for, so there is nothing to draw. Objects and errors are recorded as on any build.
          </p>
        </Empty>
      </>
    );
  return (
    <>
      <h1>The GIL was not followed</h1>
      <Empty title="This recording did not collect it">
        <p className="quiet">
          Tick “GIL” before you record a process here, or on the command line:{" "}
          <code>refscope record PID --collect lifecycle,gil</code>
        </p>
        <div className="row">
          <Link to={processes} className="button main">
            Choose a process
          </Link>
        </div>
      </Empty>
    </>
  );
}
