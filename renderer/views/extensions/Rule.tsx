// A finding in, what it means out: the rule's sentence, what to do, the section of the documentation, and the calls in C.
import type { AuditFinding } from "../../../shared/audit-document.ts";
import type { FindingText } from "../../../shared/finding-markdown.ts";
import { rulePages } from "../../../shared/rules.ts";
import { place } from "../../logic/finding.ts";
import { counted, unknown } from "../../logic/format.ts";
import { CopyFinding } from "../../parts/CopyFinding.tsx";
import { Scroll } from "../../parts/Scroll.tsx";
import { Source } from "../../parts/Source.tsx";
import { Code, Words } from "../../parts/Words.tsx";

interface Given {
  readonly path: string;
  readonly finding: AuditFinding;
}

export function Rule({ path, finding }: Given) {
  const { sentence, fix, guarded, documentation, file, line } = finding;
  return (
    <div className="argument">
      <section>
        <p className="strong">
          <Words text={sentence} />
        </p>
        <p className="below">
          <span className="faint">What to do:</span> <Words text={fix} />
        </p>
        {guarded > 0 && (
          <p className="below">The guard stopped it {counted(guarded, "time", "times")}: the program went on.</p>
        )}
        <p className="below">
          <span className="faint">CPython's documentation:</span> <Section documentation={documentation} />
        </p>
        <div className="tools">
          <CopyFinding path={path} finding={textOf(finding)} />
        </div>
      </section>
      <section>
        <h2>In C, innermost call first</h2>
        <Chain finding={finding} />
        {file !== null && <Source path={path} frame={{ file, line }} />}
      </section>
    </div>
  );
}

/** A link leads to a section that our own rules name, or nowhere: what a recording says is no address. */
function Section({ documentation: { title, url } }: Pick<AuditFinding, "documentation">) {
  if (!rulePages.includes(url)) return <Words text={title} />;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      <Words text={title} />
    </a>
  );
}

function Chain({ finding: { native } }: { readonly finding: AuditFinding }) {
  if (native.length === 0) return <p className="quiet">The place in C is not known.</p>;
  return (
    <Scroll className="stack" label="Calls in C">
      <ol>
        {native.map((frame, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a function may be inlined twice, and a chain never changes
          <li key={at} className={at === 0 ? "at" : undefined}>
            <Code text={frame.function} max={60} />
            <span className="quiet code">
              {frame.file === null ? "no line known" : <Words text={place(frame.file, frame.line)} max={60} />}
            </span>
          </li>
        ))}
      </ol>
    </Scroll>
  );
}

function textOf({ sentence, fix, count, documentation, native }: AuditFinding): FindingText {
  return {
    what: sentence,
    evidence: [`Seen ${counted(count, "time", "times")}.`, fix, documentation.url],
    confidence: null,
    frames: native.map(({ function: name, file, line }) => ({ function: name, file: file ?? unknown, line })),
  };
}
