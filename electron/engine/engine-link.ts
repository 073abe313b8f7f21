// What the shell needs of an engine, wherever it runs. Next: local-engine.ts, remote-engine.ts; engine-keeper.ts holds the present one.
import type { MessagePortMain } from "electron";
import type { DesktopAnswer } from "../../shared/desktop-contract.ts";
import type { ExportFormat } from "../../shared/export-formats.ts";
import type { Result } from "../../shared/failures.ts";

export interface EngineLink {
  /** Null: this machine's. */
  readonly url: string | null;
  /** Serves the calls of the one page over its port, as soon as the engine is there, until either end is gone; `lost` is told when it is the engine's. */
  serve(port: MessagePortMain, lost: () => void): Promise<Result<void>>;
  /** From now on a page may name this file. */
  open(path: string): Promise<DesktopAnswer<null>>;
  export(path: string, out: string, format: ExportFormat): Promise<DesktopAnswer<null>>;
  /** A file that it offers under a ticket, written to `out`. */
  keepOffered(ticket: string, out: string): Promise<DesktopAnswer<null>>;
  /** False when it ended: another one must be made. */
  alive(): boolean;
  close(): Promise<void>;
}
