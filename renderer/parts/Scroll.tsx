// Something that may be longer than its place in, a region that scrolls with the keyboard as well out.
import type { ReactNode } from "react";

interface Given {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

export function Scroll({ label, className, children }: Given) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse (WCAG 2.1.1)
    <section className={`scroll ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
