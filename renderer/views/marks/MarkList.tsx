// The marks of a recording in, a list out in which each is moved, named and removed by keys: what flags are for those who do not drag.
import { type FormEvent, useEffect, useState } from "react";
import type { Mark } from "../../../shared/marks.ts";
import { known } from "../../logic/loadable.ts";
import { flagsOf, secondsOf } from "../../logic/marks.ts";
import type { Route } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { Loaded, Note, sentence } from "../../parts/States.tsx";
import type { MarkStore } from "../../state/marks.ts";
import { useMarks } from "../../state/use-marks.ts";
import { useReadable } from "../../state/use-poll.ts";
import { MarkRow } from "./MarkRow.tsx";

interface Given {
  readonly path: string;
  readonly live: boolean;
  /** Where what grew between the marks is shown, when not beside them. */
  readonly between?: Route;
}

export function MarkList({ path, live, between }: Given) {
  const { store, list } = useMarks(path);
  const problem = useReadable(store.problem);
  const marks = known(list);
  useUndoKey(store);
  return (
    <section className="card pad below" aria-label="Marks">
      <div className="between">
        <h2>Marks</h2>
        <span className="row">
          <UndoButton store={store} />
          {between && <Link to={between}>What grew between them</Link>}
        </span>
      </div>
      {problem && <Note title="That mark was not changed" text={`${sentence(problem.cause)} ${problem.fix}`} />}
      <Loaded loadable={list}>
        {(all) => (all.length === 0 ? <p className="quiet">{noMarks(live)}</p> : <p className="quiet">{hint}</p>)}
      </Loaded>
      {marks && marks.length > 0 && <Rows store={store} marks={marks} />}
      <SetAt store={store} />
    </section>
  );
}

function Rows({ store, marks }: { readonly store: MarkStore; readonly marks: readonly Mark[] }) {
  // As they are kept: a row that is typed in does not wander.
  const rows = flagsOf(marks).flatMap((flag) => {
    const mark = marks.find((one) => one.at === flag.at);
    return mark ? [{ flag, mark }] : [];
  });
  return (
    <div className="table">
      <table className="marks" aria-label="Marks">
        <thead>
          <tr>
            <th scope="col" className="text">
              Name
            </th>
            <th scope="col">At second</th>
            <th scope="col" className="text">
              Set
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ flag, mark }, at) => (
            <MarkRow key={String(at)} store={store} mark={mark} flag={flag} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const hint =
  "Drag a flag, or press it to type its time: arrows move it by a tenth of a second, [ and ] by a second; Escape drops it.";

const noMarks = (live: boolean) =>
  live
    ? "None yet. Press M when something begins or ends: a request, a job, a test. What grows is then told from one to the next."
    : "None. Point at a chart and press M, or type a time: what grew is then told from one to the next.";

function SetAt({ store }: { readonly store: MarkStore }) {
  const [text, setText] = useState("");
  const at = secondsOf(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at === undefined) return;
    void store.set(at);
    setText("");
  };
  return (
    <form className="row set-mark" onSubmit={submit}>
      <label className="row">
        Mark second
        <input type="number" min={0} step="any" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" disabled={at === undefined}>
        Set a mark
      </button>
    </form>
  );
}

function UndoButton({ store }: { readonly store: MarkStore }) {
  const last = useReadable(store.undos).at(-1);
  if (!last) return null;
  return (
    <button type="button" className="small" title="Ctrl Z" onClick={() => void store.undo()}>
      Undo {last.words}
    </button>
  );
}

/** In a field it takes back what was typed. */
function useUndoKey(store: MarkStore): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
      if (!isUndo || (event.target instanceof Element && event.target.matches("input, select, textarea"))) return;
      event.preventDefault();
      void store.undo();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [store]);
}
