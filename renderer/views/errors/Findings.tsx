// Findings in, what C code did to errors as a list of sentences out, most frequent first; each opens to the line it was called from, and
// says so where not all of them are known.
import { useState } from "react";
import type { Finding } from "../../../shared/documents.ts";
import { findingSentence } from "../../logic/errors.ts";
import { place, plain } from "../../logic/finding.ts";
import { Source } from "../../parts/Source.tsx";
import { Note } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code, Said, Words } from "../../parts/Words.tsx";

interface Given {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** Whether all that loses errors was asked for; not known in older recordings. */
  readonly details: boolean | undefined;
}

export function Findings({ path, findings, details }: Given) {
  const limit = useLimit(findings.length, 50);
  if (findings.length === 0) return details === false ? <Incomplete /> : null;
  const rows = findings.toSorted((a, b) => b.count - a.count).slice(0, limit.shown);
  return (
    <section className="below">
      <h2 className="over">What was lost</h2>
      {details === false && <Incomplete />}
      <ol className="card findings">
        {rows.map((finding) => (
          <Row
            key={`${plain(findingSentence(finding))} ${finding.file}:${finding.line}`}
            path={path}
            finding={finding}
          />
        ))}
      </ol>
      {limit.note}
    </section>
  );
}

function Incomplete() {
  return (
    <Note
      title="What was lost is incomplete"
      text="This recording asked only for what is raised. Tick “all that loses errors” before you record, or pass --error-details."
    />
  );
}

function Row({ path, finding }: { readonly path: string; readonly finding: Finding }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <span className="tag" data-meaning={finding.rule === "error-cleared" ? "held" : "leak"}>
        {finding.rule}
      </span>
      <span className="what">
        <Said sentence={findingSentence(finding)} />
      </span>
      {finding.file !== null && (
        <button type="button" className="small code" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Words text={place(finding.file, finding.line)} max={60} />
        </button>
      )}
      {open && <Called path={path} finding={finding} />}
    </li>
  );
}

function Called({ path, finding }: { readonly path: string; readonly finding: Finding }) {
  const { file, line, module, function: name } = finding;
  return (
    <div className="opened">
      <p className="quiet">
        <Code text={name} max={80} /> of <Code text={module} max={160} />
        {file !== null && (
          <>
            , called from <Code text={line === null ? file : `${file}:${line}`} max={160} />
          </>
        )}
        .
      </p>
      <Source path={path} frame={file === null ? undefined : { file, line }} />
    </div>
  );
}
