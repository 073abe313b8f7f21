// Nothing in, how to have an extension module audited out.
import { recordings } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { Empty } from "../../parts/States.tsx";

export function NotAudited() {
  return (
    <>
      <h1>No extension module was audited</h1>
      <Empty title="An audit follows one module's calls of the C API">
        <p className="quiet">
          Start it on the command line, with the number of the process and the module's name:{" "}
          <code>refscope audit PID MODULE</code>. It prints what it finds and keeps it as a recording; open that one
          here.
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
