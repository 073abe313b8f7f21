// The words for what a screen knows: nothing yet, a value, an old value with what went wrong since, or only what went wrong.
import type { Remedy } from "../../shared/remedy.ts";

/** The same three lines at every door. */
export interface Problem {
  readonly code: string;
  readonly cause: string;
  readonly fix: string;
  /** In place of the third line, where there is room. */
  readonly remedies?: readonly Remedy[] | undefined;
}
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export type Loadable<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly value: T }
  | { readonly kind: "stale"; readonly value: T; readonly problem: Problem }
  | { readonly kind: "error"; readonly problem: Problem };

export const loading: { readonly kind: "loading" } = { kind: "loading" };

/** What is known stays on the screen when the next answer fails. */
export function next<T>(before: Loadable<T>, answer: Answer<T>): Loadable<T> {
  if (answer.ok) return { kind: "ready", value: answer.value };
  const value = known(before);
  return value === undefined
    ? { kind: "error", problem: answer.problem }
    : { kind: "stale", value, problem: answer.problem };
}

export function known<T>(loadable: Loadable<T>): T | undefined {
  return loadable.kind === "ready" || loadable.kind === "stale" ? loadable.value : undefined;
}
