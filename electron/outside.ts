// Pages outside that can be opened in the system's browser: CPython's manual, written out. An address comes in, our own copy of it goes
// out or nothing does, so that what is opened is never a string of a page or of a recording. Next: hardening.ts, menus.ts.
import { rulePages } from "../shared/rules.ts";

export const helpPages = {
  "python-c-api": "https://docs.python.org/3/c-api/",
  "reference-counts": "https://docs.python.org/3/c-api/intro.html#objects-types-and-reference-counts",
  gil: "https://docs.python.org/3/c-api/init.html#thread-state-and-the-global-interpreter-lock",
  extending: "https://docs.python.org/3/extending/index.html",
} as const;
export type HelpPage = keyof typeof helpPages;

const listed: readonly string[] = [...Object.values(helpPages), ...rulePages];

export const listedPage = (url: string): string | undefined => listed.find((one) => one === url);
