// A suspect that somebody knows in; a rule that mutes it, with its reason, out into the file of rules. Next: Muted.tsx.
import { type FormEvent, useId, useState } from "react";
import type { Suspect } from "../../../shared/diagnosis-document.ts";
import type { MuteRule } from "../../../shared/mutes.ts";
import { ruleFor } from "../../logic/muting.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useTask } from "../../state/use-task.ts";

interface Given {
  readonly suspect: Suspect;
  /** The rules have changed. */
  readonly changed: () => void;
}

export function Mute({ suspect, changed }: Given) {
  const known = ruleFor(suspect);
  return known ? <Form known={known} changed={changed} /> : null;
}

interface FormGiven {
  readonly known: Omit<MuteRule, "reason">;
  readonly changed: () => void;
}

function Form({ known, changed }: FormGiven) {
  const { bridge } = useApp();
  const [reason, setReason] = useState("");
  const id = useId();
  const rule = { ...known, reason: reason.trim() };
  const { task, begin } = useTask(() => bridge.call("mutes.add", { rule }), changed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rule.reason !== "") begin(undefined);
  };
  return (
    <details className="below">
      <summary>It is known: mute it</summary>
      <form className="row" onSubmit={submit}>
        <label htmlFor={id}>Why</label>
        <input type="text" id={id} value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
        <button type="submit" disabled={rule.reason === "" || task.kind === "asked"}>
          Mute
        </button>
      </form>
      <p className="faint">
        {rule.type === null ? "Memory" : <Code text={rule.type} max={60} />}
        {rule.site !== "" && (
          <>
            {" of "}
            <Words text={rule.site} max={120} />
          </>
        )}{" "}
        is then counted apart, in every diagnosis; the verdict and its exit code stay as they are.
      </p>
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="It was not muted" />}
    </details>
  );
}
