// What was just removed in, a way to take each back, as long as that is possible, out.
import type { Removed } from "../../../shared/library.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useTask } from "../../state/use-task.ts";

interface Given {
  readonly rows: readonly Removed[];
  readonly changed: () => void;
}

export function RemovedNotes({ rows, changed }: Given) {
  const { bridge } = useApp();
  const { task, begin } = useTask((id: string) => bridge.call("library.restore", { id }), changed);
  return (
    <>
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="It could not be taken back" />}
      {rows.map(({ id, name, seconds }) => (
        <div key={id} className="note" role="status">
          <span className="strong">
            Removed <Words text={name} max={48} />
          </span>
          <span className="quiet">It is gone for good in {Math.ceil(seconds)} s.</span>
          <button type="button" className="small" onClick={() => begin(id)}>
            Take it back
          </button>
        </div>
      ))}
    </>
  );
}
