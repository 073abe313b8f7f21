// A suspect in; what it would take to be surer of it out, nothing where it is proven. Next: logic/suspect-next.ts.
import type { DiagnosisDocument, Suspect } from "../../../shared/diagnosis-document.ts";
import { needsOf } from "../../logic/suspect-next.ts";
import { Link } from "../../parts/Link.tsx";

interface Given {
  readonly document: DiagnosisDocument;
  readonly suspect: Suspect;
}

export function Needs({ document, suspect }: Given) {
  const needs = needsOf(suspect, document);
  if (needs.length === 0) return null;
  return (
    <>
      <h3>To be surer</h3>
      <ul className="plain">
        {needs.map(({ lacks, next }) => (
          <li key={lacks}>
            {lacks} {next && <Link to={next.to}>{next.name}</Link>}
          </li>
        ))}
      </ul>
    </>
  );
}
