// A GIL report in, its tables out: threads, long holds, who waits for whom, calls of the C API. Next: parts/DataTable.tsx.
import type { GilReport, LongHold } from "../../../shared/gil-document.ts";
import { counted, duration } from "../../logic/format.ts";
import { blameSentence, convoySentence } from "../../logic/gil/finding.ts";
import { keptThreads } from "../../logic/gil/shown.ts";
import type { ThreadNames } from "../../logic/gil/threads.ts";
import { CallTable } from "../../parts/CallTable.tsx";
import { DataTable } from "../../parts/DataTable.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Said } from "../../parts/Words.tsx";
import { blameColumns, longHoldColumns, threadColumns } from "./columns.tsx";

interface Given {
  readonly report: GilReport;
  readonly names: ThreadNames;
  readonly goTo: (hold: LongHold) => void;
  readonly filter: string;
}

export function Tables({ report, names, goTo, filter }: Given) {
  const threads = keptThreads(report.threads, filter);
  return (
    <>
      <h2 className="over">Threads</h2>
      {threads.length === 0 ? (
        <p className="quiet">No thread matches the filter.</p>
      ) : (
        <DataTable
          label="Threads and the GIL"
          columns={threadColumns}
          rows={threads}
          keyOf={(row) => `${row.threadId} ${row.name} ${row.holds}`}
        />
      )}
      <LongHolds report={report} names={names} goTo={goTo} />
      <Blame report={report} names={names} />
    </>
  );
}

export function Calls({ report }: { readonly report: GilReport }) {
  return (
    <>
      <h2 className="over">Calls that take and release it, by module</h2>
      <CallTable label="GIL calls" rows={report.calls} empty="No extension called PyGILState or PyEval functions." />
    </>
  );
}

const atFirst = 10;

function LongHolds({ report, names, goTo }: Omit<Given, "filter">) {
  const { longHolds, thresholdMs } = report;
  const limit = useLimit(longHolds.length, atFirst);
  const head = <h2 className="over">Holds of at least {duration(thresholdMs / 1000)}</h2>;
  if (longHolds.length === 0)
    return (
      <>
        {head}
        <p className="quiet">No thread kept the GIL that long.</p>
      </>
    );
  return (
    <>
      {head}
      <DataTable
        label="Long holds"
        columns={longHoldColumns(names)}
        rows={longHolds.slice(0, limit.shown)}
        keyOf={(row) => String(row.hold)}
        press={goTo}
      />
      {limit.note}
    </>
  );
}

function Blame({ report, names }: Pick<Given, "report" | "names">) {
  const rows = report.blame.toSorted((a, b) => b.ms - a.ms);
  const limit = useLimit(rows.length, atFirst);
  return (
    <>
      <h2 className="over">Who waits for whom</h2>
      <p className="quiet">
        <Said sentence={blameSentence(rows, names)} />
      </p>
      {report.convoys.length > 0 && (
        <ul className="plain" aria-label={counted(report.convoys.length, "convoy", "convoys")}>
          {report.convoys.map((convoy) => (
            <li key={`${convoy.waiter} ${convoy.holder}`}>
              <Said sentence={convoySentence(convoy, report.intervalMs, names)} />
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Who waits for whom"
          columns={blameColumns(names, rows)}
          rows={rows.slice(0, limit.shown)}
          keyOf={(row) => `${row.waiter} ${row.holder}`}
        />
      )}
      {limit.note}
    </>
  );
}
