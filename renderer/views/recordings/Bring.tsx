// Files that are dropped anywhere on the screen, or chosen, in; brought into the library and opened out: one where it shows what it found, two
// compared. In the desktop application its shell takes them: a path never passes through the page.
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { desktop } from "../../bridge/desktop.ts";
import { bytes } from "../../logic/format.ts";
import { comparisonOf } from "../../logic/library.ts";
import type { Answer, Problem } from "../../logic/loadable.ts";
import { grows } from "../../logic/routes.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { bringFile, type Progress } from "../../state/bring.ts";
import { go } from "../../state/use-route.ts";

interface Given {
  readonly changed: () => void;
  /** Is handed the button that chooses files. */
  readonly children: (bring: ReactNode) => ReactNode;
}

export function Bring({ changed, children }: Given) {
  const { bridge } = useApp();
  const [over, setOver] = useState(false);
  const [progress, setProgress] = useState<Progress | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const shell = desktop();
  const bring = async (files: readonly File[]) => {
    if (files.length === 0 || progress) return;
    setProblem(undefined);
    const paths: string[] = [];
    for (const file of files.slice(0, 2)) {
      const answer = await bringFile(bridge, file, setProgress);
      if (answer.ok) paths.push(answer.value.path);
      else setProblem(answer.problem);
    }
    setProgress(undefined);
    changed();
    show(paths);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void bring([...event.dataTransfer.files]);
  };
  const hold = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const pick = async () => {
    const answer: Answer<string | null> | undefined = await shell?.pickRecording();
    if (answer && !answer.ok) setProblem(answer.problem);
  };
  const button = shell ? (
    <button type="button" onClick={() => void pick()}>
      Open a file…
    </button>
  ) : (
    <Chooser busy={progress !== undefined} take={(files) => void bring(files)} />
  );
  const handlers = shell ? {} : { onDragOver: hold, onDragLeave: () => setOver(false), onDrop: drop };
  return (
    <div className="drop" data-over={over || undefined} {...handlers}>
      {problem && <ProblemCard problem={problem} title="It was not opened" />}
      {progress && <Coming progress={progress} />}
      {children(button)}
    </div>
  );
}

function show([a, b]: readonly string[]): void {
  if (a !== undefined && b !== undefined) location.hash = comparisonOf(a, b);
  else if (a !== undefined) go(grows(a));
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

interface ChooserGiven {
  readonly busy: boolean;
  readonly take: (files: readonly File[]) => void;
}
function Chooser({ busy, take }: ChooserGiven) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        multiple
        accept=".refscope"
        onChange={(event) => {
          take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <button type="button" disabled={busy} onClick={() => field.current?.click()}>
        Open a file…
      </button>
    </>
  );
}
