// The tokens as the page has them now in, what the canvas of a flame graph needs of them out. Next: painter.ts.
import type { Origin } from "../../../shared/origin.ts";

export interface Look {
  readonly ground: string;
  readonly ink: string;
  readonly faint: string;
  readonly focus: string;
  readonly found: string;
  readonly several: string;
  readonly origins: Readonly<Record<Origin, string>>;
  readonly whole: string;
  readonly same: string;
  /** The more of it differs the stronger. */
  readonly less: readonly [string, string, string];
  readonly more: readonly [string, string, string];
  readonly font: string;
  readonly row: number;
}

export function readLook(element: Element): Look {
  const style = getComputedStyle(element);
  const word = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: word("surface"),
    ink: word("ink"),
    faint: word("ink-3"),
    focus: word("focus"),
    found: word("leak"),
    several: word("edge-strong"),
    origins: { program: word("flame-program"), package: word("flame-package"), standard: word("flame-standard") },
    whole: word("sunken"),
    same: word("flame-standard"),
    less: [word("less-1"), word("less-2"), word("less-3")],
    more: [word("more-1"), word("more-2"), word("more-3")],
    font: `${word("text-xs")} ${word("font-code")}`,
    row: Number.parseFloat(word("flame-row")) || 20,
  };
}
