// What bridge.ts needs of the way to the engine. Next: socket.ts in a browser, desktop.ts in the desktop application.
import type { Problem } from "../logic/loadable.ts";

export interface Connection {
  send(text: string): void;
}
/** locked: the engine is there, but this browser has not shown it a link. A problem says why there is no connection. */
export type Connected = Connection | "locked" | "unreachable" | { readonly problem: Problem };

export interface Transport {
  /** Once, before the first `connect`. `another` is told when there may be one now, so that nobody waits for the next try. */
  begin(another: () => void): Promise<void>;
  /** `closed` is told once for each connection that was made. */
  connect(events: { readonly text: (text: string) => void; readonly closed: () => void }): Promise<Connected>;
  /** What a call is answered with while there is no connection. */
  readonly lost: Problem;
}
