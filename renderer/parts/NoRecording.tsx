// Nothing in, what a screen about a recording says when there is none out: three ways to start.
import { processes, recordings } from "../logic/routes.ts";
import { Link } from "./Link.tsx";
import { Empty } from "./States.tsx";

export function NoRecording() {
  return (
    <>
      <h1>Nothing is being recorded</h1>
      <Empty title="Three ways to start">
        <p className="quiet">
          Choose a running process, open an earlier recording, or let Refscope start the program:{" "}
          <code>refscope run -- python app.py</code>
        </p>
        <div className="row">
          <Link to={processes} className="button main">
            Choose a process
          </Link>
          <Link to={recordings} className="button">
            Open a recording
          </Link>
        </div>
      </Empty>
    </>
  );
}
