// The rows of the desktop contract in, what each of them does out. Next: desk.ts.
import type { Theme } from "../shared/desktop-contract.ts";
import type { Desk } from "./desk.ts";
import type { EngineKeeper } from "./engine/engine-keeper.ts";
import type { Actions } from "./handle.ts";
import type { Keeper } from "./kept.ts";
import { fine } from "./words.ts";

export interface ActionParts {
  readonly desk: Desk;
  readonly engines: EngineKeeper;
  readonly keeper: Keeper;
  readonly setTheme: (theme: Theme) => void;
}

export const actionsOf = ({ desk, engines, keeper, setTheme }: ActionParts): Actions => ({
  connect: (_, { sender }) => desk.connect(sender),
  engine: () => fine(engines.url),
  switchEngine: ({ link }) => desk.switchEngine(link),
  pickRecording: () => desk.pick(),
  /** The page tells what was refused. */
  dropRecordings: ({ paths }) => desk.openDropped(paths),
  showing: ({ path }) => {
    desk.showing(path);
    return fine(null);
  },
  exportRecording: ({ path, format }) => desk.export(path, format),
  keepOffered: ({ ticket, name }) => desk.keepOffered(ticket, name),
  recent: () => fine([...keeper.kept.recent]),
  chooseTheme: ({ theme }) => {
    setTheme(theme);
    return fine(null);
  },
});
