// A diagnosis in; its verdict, the suspects, what grew and is no leak, and what was done and was not seen, out. Next: Card.tsx.
import { useMemo } from "react";
import type { DiagnosisDocument } from "../../../shared/diagnosis-document.ts";
import { diagnosisGround, diagnosisHeadline } from "../../logic/diagnosis.ts";
import { duration } from "../../logic/format.ts";
import { known } from "../../logic/loadable.ts";
import { partedBy } from "../../logic/muting.ts";
import { targetName } from "../../logic/recording.ts";
import type { SuspectsRoute } from "../../logic/routes.ts";
import { screenOf } from "../../logic/suspect-next.ts";
import { CopyAsked } from "../../parts/CopyAsked.tsx";
import { Link } from "../../parts/Link.tsx";
import { Lacks } from "../../parts/NotObserved.tsx";
import { Empty, sentence } from "../../parts/States.tsx";
import { Said, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { StartDiagnosis } from "../start/StartDiagnosis.tsx";
import { Cards } from "./Cards.tsx";
import { Muted } from "./Muted.tsx";

interface Given {
  readonly route: SuspectsRoute;
  readonly document: DiagnosisDocument;
  /** Of a recording that was not diagnosed: what it shows may have become more. */
  readonly again?: () => void;
}

export function Verdict({ route, document, again }: Given) {
  const { verdict, target, steps } = document;
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "mutes.list", {}), [bridge]);
  const mutes = known(usePoll(poll));
  const { shown, muted } = useMemo(() => partedBy(mutes?.rules ?? [], document), [mutes, document]);
  const alone = steps.length === 0;
  return (
    <>
      <div className="between">
        <div>
          <h1>
            <Said sentence={diagnosisHeadline(shown)} />
          </h1>
          <p className="quiet ground">
            <Tag verdict={verdict} /> {diagnosisGround(shown)}{" "}
            {target && (
              <>
                <Words text={targetName(target)} max={40} /> {target.pid}, CPython{" "}
                <Words text={target.python} max={20} />.
              </>
            )}
            {alone && " From this recording alone: nothing was audited or watched to name a function."}
          </p>
        </div>
        <div className="row">
          {alone && again && (
            <button type="button" onClick={again}>
              Look again
            </button>
          )}
          <CopyVerdict path={document.path} />
        </div>
      </div>
      {shown.suspects.length > 0 && <Cards route={route} document={shown} changed={() => poll.refresh()} />}
      {document.suspects.length === 0 && <NoSuspect document={document} />}
      {mutes && <Muted mutes={mutes} muted={muted} changed={() => poll.refresh()} />}
      <Notes document={document} />
      <Done document={document} />
      <Lacks rows={document.notObserved} />
      <details className="below again">
        <summary>Diagnose a process</summary>
        <StartDiagnosis />
      </details>
    </>
  );
}

const tags = {
  leak: { name: "✗ leak", meaning: "leak" },
  clean: { name: "✓ clean", meaning: "clean" },
  insufficient: { name: "? no verdict", meaning: undefined },
} as const;

function Tag({ verdict }: Pick<DiagnosisDocument, "verdict">) {
  const { name, meaning } = tags[verdict];
  return (
    <span className="tag" data-meaning={meaning}>
      {name}
    </span>
  );
}

/** The engine writes it, as the verb does, without what is private. */
function CopyVerdict({ path }: { readonly path: string }) {
  const { bridge } = useApp();
  const ask = () => bridge.call("recording.markdown", { path, of: "verdict", level: "standard" });
  return <CopyAsked label="Copy for a bug report" ask={ask} />;
}

function NoSuspect({ document: { verdict, why, seconds } }: { readonly document: DiagnosisDocument }) {
  if (verdict === "insufficient")
    return (
      <Empty title="What is known is not enough">
        <p>
          <Words text={sentence(why ?? "too little was seen")} />
        </p>
        <p className="quiet">Diagnose it again for longer, while it works.</p>
      </Empty>
    );
  return (
    <Empty title="What that covers">
      <p className="quiet">
        Every object and block that the program allocated in {duration(seconds)} was counted by where it came from, and
        what stayed was followed to who holds it. A leak shows when the code that leaks is run meanwhile: what was not
        used was not tested. For a slow one, diagnose longer.
      </p>
    </Empty>
  );
}

function Notes({ document: { notes } }: { readonly document: DiagnosisDocument }) {
  if (notes.length === 0) return null;
  return (
    <section>
      <h2 className="over">Grew, and is no leak</h2>
      <ul className="card findings">
        {notes.map(({ kind, sentence: text }) => (
          <li key={text}>
            <span className="tag" data-meaning="held">
              {kind}
            </span>
            <span className="what">
              <Words text={text} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Done({ document: { steps, path } }: { readonly document: DiagnosisDocument }) {
  if (steps.length === 0) return null;
  return (
    <section>
      <h2 className="over">What was done</h2>
      <ol className="card findings">
        {steps.map((step) => {
          const to = screenOf(step);
          return (
            <li key={step.at}>
              <span className="quiet nowrap">
                at {duration(step.at)}, for {duration(step.seconds)}
              </span>
              <span className="what">
                <Words text={sentence(step.did)} />
              </span>
              {to ? <Link to={to}>{step.path === path ? "What grows" : "Open"}</Link> : <span />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
