// A failure in, its three lines as a page and a box of the desktop are told them out. Next: desk.ts, handle.ts.
import type { DesktopAnswer } from "../shared/desktop-contract.ts";

interface Said {
  readonly code: string;
  readonly cause: string;
  readonly fix: string;
}

export const fine = <T>(value: T): DesktopAnswer<T> => ({ ok: true, value });

export const wordsOf = ({ code, cause, fix }: Said): DesktopAnswer<never> => ({
  ok: false,
  problem: { code, cause, fix },
});

/** A wish that cannot be done as it was said. */
export const usage = (cause: string, fix: string): DesktopAnswer<never> => wordsOf({ code: "usage", cause, fix });
