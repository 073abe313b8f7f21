// A route in, an anchor to it out: it can be copied, opened in another tab and gone back from.
import type { ReactNode } from "react";
import { hashOf, type Route } from "../logic/routes.ts";

interface Given {
  readonly to: Route;
  readonly children: ReactNode;
  readonly className?: string;
  readonly current?: boolean;
}

export function Link({ to, children, className, current }: Given) {
  return (
    <a href={hashOf(to)} className={className} aria-current={current ? "page" : undefined}>
      {children}
    </a>
  );
}
