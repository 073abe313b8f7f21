// A finding in, what it means out: the rule's sentence, what to do, the section of the documentation, and the calls in C.
import type { AuditFinding } from "../../../shared/audit-document.ts";
import { rulePages } from "../../../shared/rules.ts";
import { place } from "../../logic/finding.ts";
import { counted } from "../../logic/format.ts";
import { Copy } from "../../parts/Copy.tsx";
import { Scroll } from "../../parts/Scroll.tsx";
import { Code, Words } from "../../parts/Words.tsx";

export function Rule({ finding }: { readonly finding: AuditFinding }) {
  const { sentence, fix, guarded, documentation } = finding;
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
          <Copy label="Copy for a bug report" text={report(finding)} />
        </div>
      </section>
      <section>
        <h2>In C, innermost call first</h2>
        <Chain finding={finding} />
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

function report({ rule, sentence, fix, file, line, count, documentation }: AuditFinding): string {
  const where = file === null ? [] : [`At ${place(file, line)}.`];
  return [
    `${rule}: ${sentence}`,
    ...where,
    `Seen ${counted(count, "time", "times")}.`,
    fix,
    documentation.url,
    "",
  ].join("\n");
}
