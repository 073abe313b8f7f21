// The rows of the desktop contract in, what each of them does out. Next: desk.ts.
import { type DesktopAnswer, outsidePages, type Theme } from "../shared/desktop-contract.ts";
import type { Desk } from "./desk.ts";
import type { EngineKeeper } from "./engine/engine-keeper.ts";
import type { Actions } from "./handle.ts";
import type { Keeper } from "./kept.ts";

export interface ActionParts {
  readonly desk: Desk;
  readonly engines: EngineKeeper;
  readonly keeper: Keeper;
  readonly setTheme: (theme: Theme) => void;
  readonly openExternal: (url: string) => Promise<void>;
}

const fine = <T>(value: T): DesktopAnswer<T> => ({ ok: true, value });

export const actionsOf = ({ desk, engines, keeper, setTheme, openExternal }: ActionParts): Actions => ({
  connect: (_, { sender }) => desk.connect(sender),
  engine: () => {
    const present = engines.present();
    return fine(present.ok ? present.value.url : null);
  },
  switchEngine: ({ link }) => desk.switchEngine(link),
  pickRecording: () => desk.pick(),
  dropRecordings: ({ paths }) => desk.openDropped(paths),
  exportRecording: ({ path, format }) => desk.export(path, format),
  recent: () => fine([...keeper.kept.recent]),
  chooseTheme: ({ theme }) => {
    setTheme(theme);
    return fine(null);
  },
  /** By id: no address ever comes from a page. */
  openPage: async ({ id }) => {
    await openExternal(outsidePages[id]);
    return fine(null);
  },
});
