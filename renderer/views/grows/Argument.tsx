// A site in, why Refscope says that it grows and the stack it was allocated from out.
import type { SiteRow } from "../../../shared/documents.ts";
import type { FindingText } from "../../../shared/finding-markdown.ts";
import { flame } from "../../logic/evidence-route.ts";
import { evidence, plain, type Sentence, what, where } from "../../logic/finding.ts";
import { fraction } from "../../logic/format.ts";
import { noFrame } from "../../logic/site.ts";
import { CopyFinding } from "../../parts/CopyFinding.tsx";
import { Link } from "../../parts/Link.tsx";
import { Source } from "../../parts/Source.tsx";
import { Stack } from "../../parts/Stack.tsx";
import { Said } from "../../parts/Words.tsx";
import { stacksOf } from "./columns.tsx";

interface Given {
  readonly path: string;
  readonly site: SiteRow;
  readonly sites: readonly SiteRow[];
}

export function Argument({ path, site, sites }: Given) {
  const steps = evidence(site, sites);
  return (
    <div className="card pad argument">
      <section>
        <h2>Why Refscope says so</h2>
        <ol className="why">
          {steps.map((step) => (
            <li key={plain(step)}>
              <span>
                <Said sentence={step} />
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>Allocated here, innermost call first</h2>
        <Stack frames={site.frames} empty={noFrame} />
        <Source path={path} frame={pythonFrame(site)} />
        <div className="tools">
          <Link to={stacksOf(path, site) ?? flame(path)} className="button">
            Its callers, as a flame graph
          </Link>
          <CopyFinding path={path} finding={findingOf(site, steps)} />
        </div>
      </section>
    </div>
  );
}

/** A caller in C has no line. */
export const pythonFrame = ({ frames }: SiteRow) => frames.find(({ line }) => line !== null);

function findingOf(site: SiteRow, steps: readonly Sentence[]): FindingText {
  const { steadiness, frames } = site;
  return {
    what: plain([what(site), { kind: "words", text: " from " }, ...where(site)]),
    evidence: steps.map(plain),
    confidence: steadiness === null ? "too short to say" : `it grew in ${fraction(steadiness)} of the intervals`,
    frames: [...frames],
  };
}
