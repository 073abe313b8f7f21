// Suspects that rules mute in; how many they are, why each is muted, and the way to unmute it, out. Used by Verdict.tsx.
import type { Mutes } from "../../../shared/mutes.ts";
import { suspectSentence } from "../../logic/diagnosis.ts";
import { counted } from "../../logic/format.ts";
import type { MutedSuspect } from "../../logic/muting.ts";
import { Note, ProblemCard } from "../../parts/States.tsx";
import { Said, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useTask } from "../../state/use-task.ts";

interface Given {
  readonly mutes: Mutes;
  readonly muted: readonly MutedSuspect[];
  readonly changed: () => void;
}

export function Muted({ mutes: { file, problem }, muted, changed }: Given) {
  return (
    <>
      {problem !== null && <Note title="No rule mutes anything" text={`${file} is not understood: ${problem}`} />}
      {muted.length > 0 && (
        <details className="below">
          <summary>{counted(muted.length, "suspect is muted", "suspects are muted")}</summary>
          <ul className="card findings">
            {muted.map((row) => (
              <Row key={row.suspect.rank} row={row} changed={changed} />
            ))}
          </ul>
          <p className="faint">
            The rules stand in <Words text={file} max={200} />, to be shared and edited.
          </p>
        </details>
      )}
    </>
  );
}

interface RowGiven {
  readonly row: MutedSuspect;
  readonly changed: () => void;
}

function Row({ row: { suspect, rule }, changed }: RowGiven) {
  const { bridge } = useApp();
  const { task, begin } = useTask(() => bridge.call("mutes.remove", { rule }), changed);
  return (
    <li>
      <span className="faint nowrap">{suspect.rank}</span>
      <span className="what">
        <Said sentence={suspectSentence(suspect)} />
        <br />
        <span className="quiet">
          <Words text={rule.reason} max={400} />
        </span>
        {task.kind === "failed" && <ProblemCard problem={task.problem} title="It is still muted" />}
      </span>
      <button type="button" className="small" disabled={task.kind === "asked"} onClick={() => begin(undefined)}>
        Unmute
      </button>
    </li>
  );
}
