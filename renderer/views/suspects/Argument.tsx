// A suspect in; why Refscope says so, what it did not see, whom it blames, where it was allocated, who holds it and what to do next, out.
import type { Blame, DiagnosisDocument, Suspect } from "../../../shared/diagnosis-document.ts";
import { nextOf as toDo } from "../../../shared/suspect-words.ts";
import { place } from "../../logic/finding.ts";
import { why } from "../../logic/heap-route.ts";
import { nextOf } from "../../logic/suspect-next.ts";
import { Chain } from "../../parts/Chain.tsx";
import { Link } from "../../parts/Link.tsx";
import { Source } from "../../parts/Source.tsx";
import { Stack } from "../../parts/Stack.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { Mute } from "./Mute.tsx";
import { Needs } from "./Needs.tsx";
import { TheseObjects } from "./TheseObjects.tsx";

interface Given {
  readonly document: DiagnosisDocument;
  readonly suspect: Suspect;
  /** The rules that mute have changed. */
  readonly changed: () => void;
}

export function Argument({ document, suspect, changed }: Given) {
  const { evidence, notObserved, blame, allocationSite, heldBy } = suspect;
  const made = allocationSite?.find(({ line }) => line !== null);
  return (
    <div className="argument suspect-argument">
      <section>
        <h3>Why Refscope says so</h3>
        <ol className="why">
          {evidence.map((text) => (
            <li key={text}>
              <span>
                <Words text={text} />
              </span>
            </li>
          ))}
        </ol>
        {notObserved.length > 0 && (
          <>
            <h3>Not observed</h3>
            <ul className="plain">
              {notObserved.map((text) => (
                <li key={text}>
                  <Words text={text} />
                </li>
              ))}
            </ul>
          </>
        )}
        <h3>What to do</h3>
        <p>{toDo(suspect)}</p>
        <div className="row below">
          {nextOf(suspect, document).map(({ name, to }, at) => (
            <Link key={name} to={to} className={at === 0 ? "button main" : "button"}>
              {name}
            </Link>
          ))}
          <TheseObjects path={document.path} suspect={suspect} />
        </div>
        <Needs document={document} suspect={suspect} />
        <Mute suspect={suspect} changed={changed} />
      </section>
      <section>
        {blame && <Blamed blame={blame} />}
        {blame?.file && !isAt(blame, made) && (
          <Source path={document.path} frame={{ file: blame.file, line: blame.line }} />
        )}
        <h3>Allocated here, innermost call first</h3>
        <Stack frames={allocationSite ?? []} empty="Not known: it is older than the recording." />
        <Source path={document.path} frame={made} />
        {heldBy.map((path, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ways to an object have no name and never change
          <div key={at}>
            <h3>{at === 0 ? "Held by" : "And by"}</h3>
            <Chain steps={path} to={({ address }) => why(document.path, address)} />
          </div>
        ))}
      </section>
    </div>
  );
}

const isAt = (blame: Blame, made: Pick<Blame, "file" | "line"> | undefined): boolean =>
  blame.file === made?.file && blame.line === made.line;

function Blamed({ blame: { function: name, native, module, file, line } }: { readonly blame: Blame }) {
  return (
    <>
      <h3>The function to look at</h3>
      <dl className="facts blame">
        <dt>Function</dt>
        <dd>
          <Code text={name} max={120} />
          {native !== null && native !== name && (
            <span className="quiet">
              {" "}
              in C <Code text={native} max={120} />
            </span>
          )}
        </dd>
        {file !== null && (
          <>
            <dt>At</dt>
            <dd className="code">
              <Words text={place(file, line)} max={120} />
            </dd>
          </>
        )}
        <dt>Module</dt>
        <dd className="code">
          <Words text={module} max={200} />
        </dd>
      </dl>
    </>
  );
}
