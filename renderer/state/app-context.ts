// What every view may ask for, handed down once by main.tsx.
import { createContext, useContext } from "react";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import type { Bridge } from "../bridge.ts";
import type { Cell } from "./cell.ts";
import type { Integrity } from "./integrity.ts";
import type { Poll } from "./poll.ts";
import type { Starts } from "./starts.ts";

export interface AppParts {
  readonly bridge: Bridge;
  readonly states: Poll<RecordingState[]>;
  readonly starts: Starts;
  /** The recording of the last diagnosis that was begun here. */
  readonly diagnosed: Cell<string | undefined>;
  readonly integrity: Integrity;
}

export const AppContext = createContext<AppParts | undefined>(undefined);

export function useApp(): AppParts {
  const parts = useContext(AppContext);
  if (!parts) throw new Error("a view outside of AppContext");
  return parts;
}
