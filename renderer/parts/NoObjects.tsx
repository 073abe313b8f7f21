// A recording that was asked for other things than objects in, the way to what it has out.

import { gil } from "../logic/gil-route.ts";
import type { RecordingView } from "../logic/recording.ts";
import { errors, extensions, object } from "../logic/routes.ts";
import { Link } from "./Link.tsx";
import { Ended } from "./RecordingHead.tsx";
import { Empty } from "./States.tsx";

/** While it is not known what is collected, objects are: they are what is collected when nothing is said. */
export const collectsObjects = ({ collected }: RecordingView): boolean => collected?.includes("lifecycle") ?? true;

export function NoObjects({ view }: { readonly view: RecordingView }) {
  return (
    <>
      <Ended view={view} />
      <h1>Objects were not followed</h1>
      <Empty title="This recording collects other things">
        <p className="quiet">
          Tick “objects” before you record a process here, or on the command line:{" "}
          <code>refscope record PID --collect lifecycle</code>
        </p>
        <div className="row">
          {view.collected?.includes("gil") && (
            <Link to={gil(view.path)} className="button main">
              GIL
            </Link>
          )}
          {view.collected?.includes("errors") && (
            <Link to={errors(view.path)} className="button">
              Errors
            </Link>
          )}
          {view.collected?.includes("references") && (
            <Link to={extensions(view.path)} className="button main">
              Extensions
            </Link>
          )}
          {view.collected?.includes("history") && (
            <Link to={object(view.path)} className="button main">
              Object
            </Link>
          )}
        </div>
      </Empty>
    </>
  );
}
