// A number and the set it counts in, a link to exactly that set out; in a table it is reached with the arrow keys.
import type { ReactNode } from "react";
import { hashOf, type Route } from "../logic/routes.ts";

interface Given {
  /** Undefined where there is nothing to show. */
  readonly to: Route | undefined;
  /** What is counted, for a screen reader. */
  readonly of: string;
  readonly children: ReactNode;
}

export function NumberLink({ to, of, children }: Given) {
  if (!to) return <span className="faint">{children}</span>;
  return (
    <a href={hashOf(to)} data-cell tabIndex={-1} title={of} className="number">
      {children}
    </a>
  );
}
