// A way from a root to an object in, a list out that reads from the top: by what each thing refers to the next. Used by views/suspects, views/why.
import type { HeapStep } from "../../shared/heap-views.ts";
import { address } from "../logic/format.ts";
import type { Route } from "../logic/routes.ts";
import { shortened } from "../logic/why.ts";
import { Link } from "./Link.tsx";
import { Code, Words } from "./Words.tsx";

interface Given {
  readonly steps: readonly HeapStep[];
  /** Where an object leads. */
  readonly to?: (step: HeapStep) => Route;
}

export function Chain({ steps, to }: Given) {
  if (steps.length === 0) return <p className="quiet">Nothing that could be seen.</p>;
  return (
    <ol className="chain">
      {shortened(steps).map((part) =>
        part.kind === "left-out" ? (
          <li key="left-out" className="faint">
            … {part.count} more, one after the other …
          </li>
        ) : (
          <li key={part.at}>
            <span className="edge">
              <Words text={part.step.edge} max={80} />
            </span>
            <span>
              <Code text={part.step.type} max={80} />{" "}
              {to ? (
                <Link to={to(part.step)} className="code">
                  {address(part.step.address)}
                </Link>
              ) : (
                <span className="faint code">{address(part.step.address)}</span>
              )}
            </span>
          </li>
        ),
      )}
    </ol>
  );
}
