// A reader in; the part of the report that is about the GIL out. Next: report.ts, queries.ts.
import type { GilReport } from "../../shared/gil-document.ts";
import { blameRows, convoys } from "./blame.ts";
import { callRows } from "./calls.ts";
import { gilThreads } from "./gil-threads.ts";
import { longHolds } from "./long-holds.ts";
import { openStates } from "./open-states.ts";
import type { Recorded } from "./recorded.ts";

/** Undefined when the recording did not follow the GIL. */
export function gilReport(reader: Recorded): GilReport | undefined {
  const { gil } = reader;
  if (!gil) return undefined;
  const open = openStates(reader, gil);
  const { switches, switchesCounted, intervalMicroseconds, thresholdMs } = gil.facts;
  return {
    switches,
    switchesCounted: switchesCounted ?? null,
    intervalMs: intervalMicroseconds / 1000,
    thresholdMs,
    threads: gilThreads(gil, open, reader.duration / 1000),
    longHolds: longHolds(reader, gil, open),
    blame: blameRows(gil),
    convoys: convoys(gil),
    calls: callRows(reader.calls(), "gil"),
  };
}
