// A recording that is not as it should be in, what helps out: what can be read of it is written into a new one.
import type { Salvage } from "../../../shared/evidence-documents.ts";
import { counted } from "../../logic/format.ts";
import { type LibraryRow, plainFileName, remedyOf } from "../../logic/library.ts";
import { grows } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { ProblemCard } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { useTask } from "../../state/use-task.ts";

interface Given {
  readonly row: LibraryRow;
  readonly changed: () => void;
}

export function Remedy({ row, changed }: Given) {
  const { bridge, integrity } = useApp();
  const checked = useReadable(integrity.of(row));
  const { task, begin } = useTask((path: string) => bridge.call("recording.salvage", { path }), changed);
  const damaged = checked.kind === "known" && checked.verification.outcome === "damaged";
  if (!damaged && remedyOf(row.problem) !== "salvage") return null;
  return (
    <>
      <div className="row">
        <button
          type="button"
          className={row.status === "unreadable" ? "main" : undefined}
          disabled={task.kind === "asked"}
          onClick={() => begin(row.path)}
        >
          {task.kind === "asked" ? "Reading what can be read…" : "Salvage what can be read"}
        </button>
        <span className="quiet">Into a new recording; this one stays as it is.</span>
      </div>
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="Nothing of it could be saved" />}
      {task.kind === "done" && <Saved salvage={task.value} />}
    </>
  );
}

function Saved({ salvage: { out, rows, lost } }: { readonly salvage: Salvage }) {
  return (
    <div className="note saved" role="status">
      <span>
        {counted(rows, "row", "rows")} kept in{" "}
        <Link to={grows(out)}>
          <Words text={plainFileName(out)} max={60} />
        </Link>
      </span>
      {lost.slice(0, 5).map((text) => (
        <span key={text} className="quiet">
          <Words text={text} />
        </span>
      ))}
    </div>
  );
}
