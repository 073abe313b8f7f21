// What the present views can do in, under the ids of logic/commands.ts; who asks by an id has it done. Next: use-commands.ts, views/frame/Palette.tsx.
import type { ActionId } from "../logic/commands.ts";
import { readRecent, withRecent } from "../logic/palette.ts";
import { type Cell, createCell, type Readable } from "./cell.ts";
import { keptCell } from "./kept.ts";

type Run = () => void;
export type Runs = { readonly [Id in ActionId]?: Run };

export interface Commands {
  /** What can be done now. */
  readonly now: Readable<Runs>;
  /** Ids, the last first. */
  readonly recent: Readable<readonly string[]>;
  did(id: string): void;
  /** Answers how to take them back. */
  register(runs: Runs): () => void;
}

export function createCommands(): Commands {
  const now: Cell<Runs> = createCell<Runs>({});
  const recent = keptCell("refscope.recent", readRecent);
  const registered = new Set<Runs>();
  const put = () => now.set(Object.assign({}, ...registered));
  return {
    now,
    recent,
    did: (id) => recent.set(withRecent(recent.get(), id)),
    register(runs) {
      registered.add(runs);
      put();
      return () => {
        registered.delete(runs);
        put();
      };
    },
  };
}
