// What a screen knows in, the right one of its states out: skeleton, problem, stale, empty, or the thing itself.
import { type ReactNode, useEffect, useState } from "react";
import { withCommands } from "../logic/commands-in-text.ts";
import { known, type Loadable, type Problem } from "../logic/loadable.ts";
import { Copy } from "./Copy.tsx";
import { Remedies } from "./Remedies.tsx";
import { Said, Words } from "./Words.tsx";

const skeletonAfterMs = 300;

/** Nothing for 300 ms: a skeleton that flashes up is worse than none. */
export function Skeleton() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), skeletonAfterMs);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="bones" role="status">
      <span className="heard">Loading</span>
      {["a", "b", "c", "d", "e", "f"].map((bone) => (
        <span key={bone} className="bone" />
      ))}
    </div>
  );
}

interface EmptyGiven {
  readonly title: string;
  readonly children: ReactNode;
}
/** What happened, what it means, and the one thing to do. */
export function Empty({ title, children }: EmptyGiven) {
  return (
    <section className="card state">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface ProblemGiven {
  readonly problem: Problem;
  readonly title?: string;
  readonly children?: ReactNode;
}
export function ProblemCard({ problem, title, children }: ProblemGiven) {
  return (
    <section className="card state" role="alert">
      <h2>{title ?? "That did not work"}</h2>
      <p>
        <Words text={sentence(problem.cause)} />
      </p>
      {problem.remedies ? (
        <Remedies remedies={problem.remedies} />
      ) : (
        <p className="quiet">
          <Said sentence={withCommands(problem.fix)} />
        </p>
      )}
      <div className="row">
        {children}
        <Copy label="Copy details" text={`${problem.code}: ${problem.cause}. ${problem.fix}`} />
        <code className="faint">{problem.code}</code>
      </div>
    </section>
  );
}

interface NoteGiven {
  readonly title: string;
  readonly text: string;
  readonly meaning?: "held" | "leak";
}
export function Note({ title, text, meaning = "held" }: NoteGiven) {
  return (
    <div className="note" role="status" data-meaning={meaning}>
      <span className="strong">{title}</span>
      <span className="quiet">
        <Said sentence={withCommands(text)} />
      </span>
    </div>
  );
}

interface LoadedGiven<T> {
  readonly loadable: Loadable<T>;
  readonly children: (value: T) => ReactNode;
}
export function Loaded<T>({ loadable, children }: LoadedGiven<T>) {
  const value = known(loadable);
  if (value === undefined) return loadable.kind === "error" ? <ProblemCard problem={loadable.problem} /> : <Skeleton />;
  // The lost engine has its own note in the frame; here only what this call says.
  const note = loadable.kind === "stale" && loadable.problem.code !== "engine-lost" ? loadable.problem : undefined;
  return (
    <>
      {note && <Note title="Not up to date" text={`${sentence(note.cause)} ${note.fix}`} />}
      {children(value)}
    </>
  );
}

/** Causes come as half sentences. */
export const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, ".")}`;
