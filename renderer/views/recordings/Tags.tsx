// A recording's tags in, more or fewer of them out; they are kept beside the file, which stays as it was sealed.
import { type FormEvent, useId, useState } from "react";
import { longestTag, mostTags } from "../../../shared/library.ts";
import { type LibraryRow, tagsTyped } from "../../logic/library.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useTask } from "../../state/use-task.ts";

interface Given {
  readonly row: LibraryRow;
  readonly changed: () => void;
}

export function Tags({ row: { path, tags }, changed }: Given) {
  const { bridge } = useApp();
  const [typed, setTyped] = useState("");
  const id = useId();
  const change = (next: readonly string[]) => bridge.call("library.tag", { path, tags: [...new Set(next)] });
  const { task, begin } = useTask(change, () => {
    setTyped("");
    changed();
  });
  const more = tagsTyped(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (more && tags.length + more.length <= mostTags) begin([...tags, ...more]);
  };
  return (
    <>
      <form className="row tags" onSubmit={submit}>
        {tags.map((tag) => (
          <span key={tag} className="tag own">
            <Words text={tag} />
            <button
              type="button"
              aria-label={`Without the tag ${tag}`}
              onClick={() => begin(tags.filter((one) => one !== tag))}
            >
              ✕
            </button>
          </span>
        ))}
        <label htmlFor={id} className="heard">
          Add tags
        </label>
        <input
          type="text"
          id={id}
          value={typed}
          placeholder="Add a tag"
          maxLength={4 * longestTag}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" disabled={!more}>
          Add
        </button>
      </form>
      {typed.trim() !== "" && !more && <p className="quiet">A tag is one word of letters and figures.</p>}
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="The tags were not kept" />}
    </>
  );
}
