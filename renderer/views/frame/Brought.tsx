// Files that are being brought in, how far that is, and what was not opened, out; over every screen. Next: state/brought.ts.
import { bytes, counted } from "../../logic/format.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import type { Progress } from "../../state/bring.ts";
import { useReadable } from "../../state/use-poll.ts";

export function Brought() {
  const { brought } = useApp();
  const told = useReadable(brought.told);
  if (!told) return null;
  if (told.kind === "coming") return <Coming progress={told.progress} />;
  const close = (
    <button type="button" onClick={brought.forget}>
      Close
    </button>
  );
  return (
    <>
      {told.problem && (
        <ProblemCard problem={told.problem} title="It was not opened">
          {close}
        </ProblemCard>
      )}
      {told.left > 0 && (
        <div className="note" role="status">
          <span className="strong">The first two are opened</span>
          <span className="quiet">
            Two are compared at a time; {counted(told.left, "file was", "files were")} left out.
          </span>
          {!told.problem && close}
        </div>
      )}
    </>
  );
}

function Coming({ progress: { name, done, of } }: { readonly progress: Progress }) {
  return (
    <div className="note" role="status">
      <span className="strong">
        Bringing <Words text={name} max={48} />
      </span>
      <progress max={of} value={done} aria-label="Brought" />
      <span className="quiet">{done === of ? "looking at it" : `${bytes(done)} of ${bytes(of)}`}</span>
    </div>
  );
}
