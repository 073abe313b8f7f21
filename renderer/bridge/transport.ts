// What bridge.ts needs of the way to the engine. Next: socket.ts in a browser, desktop.ts in the desktop application.
import type { Problem } from "../logic/loadable.ts";

export interface Connection {
  send(text: string): void;
}
/** locked: the engine is there, but this browser has not shown it a link. */
export type Connected = Connection | "locked" | "unreachable";

export interface Transport {
  /** Once, before the first `connect`. */
  begin(): Promise<void>;
  /** `closed` is told once for each connection that was made. */
  connect(events: { readonly text: (text: string) => void; readonly closed: () => void }): Promise<Connected>;
  /** What a call is answered with while there is no connection. */
  readonly lost: Problem;
}
