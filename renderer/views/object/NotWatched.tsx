// Nothing in, how to have an object followed out.
import { recordings } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { Empty } from "../../parts/States.tsx";

export function NotWatched() {
  return (
    <>
      <h1>No object was followed</h1>
      <Empty title="A watch follows every change of one object's reference count">
        <p className="quiet">
          Start it on the command line, with the number of the process and the object's address, as <code>id()</code>{" "}
          gives it: <code>refscope watch PID 0x…</code>. At most four objects at once. It keeps each change in a
          recording; open that one here.
        </p>
        <div className="row">
          <Link to={recordings} className="button main">
            Open a recording
          </Link>
        </div>
      </Empty>
    </>
  );
}
