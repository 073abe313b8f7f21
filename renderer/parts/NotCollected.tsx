// What a recording did not collect in, how to have it the next time out.
import { processes } from "../logic/routes.ts";
import { Link } from "./Link.tsx";
import { Empty } from "./States.tsx";

interface Given {
  readonly title: string;
  /** Its name at the box to tick, and the word for `--collect`. */
  readonly box: string;
  readonly kind: "gil" | "errors";
}

export function NotCollected({ title, box, kind }: Given) {
  return (
    <>
      <h1>{title}</h1>
      <Empty title="This recording did not collect it">
        <p className="quiet">
          Tick “{box}” before you record a process here, or on the command line:{" "}
          <code>refscope record PID --collect lifecycle,{kind}</code>
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
