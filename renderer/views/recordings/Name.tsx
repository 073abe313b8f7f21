// A recording in, the field that gives it another name out.
import { type FormEvent, useId, useState } from "react";
import type { LibraryRow } from "../../logic/library.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { useTask } from "../../state/use-task.ts";

interface Given {
  readonly row: LibraryRow;
  readonly changed: () => void;
  readonly moved: (path: string) => void;
}

export function Name({ row: { path, name }, changed, moved }: Given) {
  const { bridge } = useApp();
  const [typed, setTyped] = useState(name.replace(/\.refscope$/, ""));
  const id = useId();
  const { task, begin } = useTask(
    (to: string) => bridge.call("library.rename", { path, name: to }),
    (renamed) => {
      moved(renamed.path);
      changed();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin(typed.trim());
  };
  return (
    <>
      <form className="row rename" onSubmit={submit}>
        <label htmlFor={id}>Name</label>
        <input
          type="text"
          id={id}
          value={typed}
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" disabled={typed.trim() === "" || typed.trim() === name || task.kind === "asked"}>
          Rename
        </button>
      </form>
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="It keeps its name" />}
    </>
  );
}
