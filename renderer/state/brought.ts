// Files that were dropped on a screen or chosen in; brought into the library and opened out: one where it shows what it found, two compared.
// What was not opened, and why, stays told. Next: views/frame/Brought.tsx, parts/ChooseFile.tsx.
import type { Bridge } from "../bridge.ts";
import { comparisonOf } from "../logic/library.ts";
import type { Problem } from "../logic/loadable.ts";
import { grows } from "../logic/routes.ts";
import { bringFile, type Progress } from "./bring.ts";
import { createCell, type Readable } from "./cell.ts";
import { go } from "./use-route.ts";

/** `left`: so many more were dropped than can be shown at once. */
export type Told =
  | { readonly kind: "coming"; readonly progress: Progress }
  | { readonly kind: "over"; readonly problem: Problem | undefined; readonly left: number };

export interface Brought {
  readonly told: Readable<Told | undefined>;
  take(files: readonly File[]): Promise<void>;
  /** By another way than the page: what remains to be said of it. */
  tell(problem: Problem | undefined, left: number): void;
  forget(): void;
}

export const mostAtOnce = 2;

export function createBrought(bridge: Bridge): Brought {
  const told = createCell<Told | undefined>(undefined);
  const tell = (problem: Problem | undefined, left: number) =>
    told.set(problem || left > 0 ? { kind: "over", problem, left } : undefined);
  return {
    told,
    tell,
    forget: () => told.set(undefined),
    async take(files) {
      if (files.length === 0 || told.get()?.kind === "coming") return;
      const paths: string[] = [];
      let problem: Problem | undefined;
      for (const file of files.slice(0, mostAtOnce)) {
        const answer = await bringFile(bridge, file, (progress) => told.set({ kind: "coming", progress }));
        if (answer.ok) paths.push(answer.value.path);
        else problem = answer.problem;
      }
      tell(problem, Math.max(0, files.length - mostAtOnce));
      show(paths);
    },
  };
}

function show([a, b]: readonly string[]): void {
  if (a !== undefined && b !== undefined) location.hash = comparisonOf(a, b);
  else if (a !== undefined) go(grows(a));
}
