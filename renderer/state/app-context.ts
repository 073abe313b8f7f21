// What every view may ask for, handed down once by main.tsx.
import { createContext, useContext } from "react";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import type { Bridge } from "../bridge.ts";
import type { Settings } from "../logic/settings.ts";
import type { Brought } from "./brought.ts";
import type { Cell } from "./cell.ts";
import type { Commands } from "./commands.ts";
import type { Integrity } from "./integrity.ts";
import type { MarkBook } from "./marks.ts";
import type { Poll } from "./poll.ts";
import type { Starts } from "./starts.ts";
import type { Turns } from "./turns.ts";

export interface AppParts {
  readonly bridge: Bridge;
  readonly states: Poll<RecordingState[]>;
  readonly starts: Starts;
  readonly marks: MarkBook;
  readonly settings: Cell<Settings>;
  /** What the views that are shown can do. */
  readonly commands: Commands;
  /** The recording of the last diagnosis that was begun here. */
  readonly diagnosed: Cell<string | undefined>;
  /** The recording as it was when the display was frozen; it goes on. */
  readonly frozen: Cell<RecordingState | undefined>;
  /** Said once to who cannot see it: something was copied. */
  readonly said: Cell<string>;
  /** Files from elsewhere. */
  readonly brought: Brought;
  readonly integrity: Integrity;
  /** In which the charts draw. */
  readonly turns: Turns;
}

export const AppContext = createContext<AppParts | undefined>(undefined);

export function useApp(): AppParts {
  const parts = useContext(AppContext);
  if (!parts) throw new Error("a view outside of AppContext");
  return parts;
}
