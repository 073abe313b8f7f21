// A reader in; the part of the report that is about the GIL out. Next: report.ts, queries.ts.
import type { GilReport } from "../../shared/gil-document.ts";
import type { ThreadTotals } from "../store/gil-reader.ts";
import { together } from "../store/histogram.ts";
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
    ...holdTimes(gil.totals()),
    threads: gilThreads(gil, open, reader.duration / 1000),
    longHolds: longHolds(reader, gil, open),
    blame: blameRows(gil),
    convoys: convoys(gil),
    calls: callRows(reader.calls(), "gil"),
  };
}

function holdTimes(totals: readonly ThreadTotals[]): Pick<GilReport, "holdP50Ms" | "holdP99Ms"> {
  const longest = totals.reduce((most, { holdMaxNs }) => Math.max(most, holdMaxNs), 0);
  const holds = together(
    totals.map(({ holdHistogram }) => holdHistogram),
    longest,
  );
  const ms = (part: number) => (holds.quantile(part) ?? 0) / 1e6;
  return { holdP50Ms: ms(0.5), holdP99Ms: ms(0.99) };
}
