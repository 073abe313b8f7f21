// Findings in, what C code did to errors as a list of sentences out, most frequent first.
import type { Finding } from "../../../shared/documents.ts";
import { findingSentence } from "../../logic/errors.ts";
import { plain } from "../../logic/finding.ts";
import { fileName } from "../../logic/recording.ts";
import { useLimit } from "../../parts/use-limit.tsx";
import { Said, Words } from "../../parts/Words.tsx";

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const limit = useLimit(findings.length, 50);
  if (findings.length === 0) return null;
  const rows = findings.toSorted((a, b) => b.count - a.count).slice(0, limit.shown);
  return (
    <section className="below">
      <h2 className="over">What was lost</h2>
      <ol className="card findings">
        {rows.map((finding) => (
          <li key={`${plain(findingSentence(finding))} ${finding.file}:${finding.line}`}>
            <span className="tag" data-meaning={finding.rule === "error-cleared" ? "held" : "leak"}>
              {finding.rule}
            </span>
            <span className="what">
              <Said sentence={findingSentence(finding)} />
            </span>
            {finding.file !== null && (
              <span className="quiet code">
                <Words text={`${fileName(finding.file)}${finding.line === null ? "" : `:${finding.line}`}`} max={60} />
              </span>
            )}
          </li>
        ))}
      </ol>
      {limit.note}
    </section>
  );
}
