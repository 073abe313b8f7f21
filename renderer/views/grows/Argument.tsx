// A site in, why Refscope says that it grows and the stack it was allocated from out.
import type { SiteRow } from "../../../shared/documents.ts";
import { flame } from "../../logic/evidence-route.ts";
import { evidence, plain, type Sentence, what, where } from "../../logic/finding.ts";
import { noFrame } from "../../logic/site.ts";
import { Copy } from "../../parts/Copy.tsx";
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
          <Copy label="Copy for a bug report" text={markdown(site, steps)} />
        </div>
      </section>
    </div>
  );
}

/** A caller in C has no line. */
export const pythonFrame = ({ frames }: SiteRow) => frames.find(({ line }) => line !== null);

/** A fence longer than any run of backticks in the text cannot be closed by it. */
function markdown(site: SiteRow, steps: readonly Sentence[]): string {
  const stack = site.frames.map((frame) => `${frame.function} (${frame.file}:${frame.line ?? "?"})`).join("\n");
  const longest = Math.max(2, ...[...stack.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const title = plain([what(site), { kind: "words", text: " from " }, ...where(site)]);
  return [title, "", ...steps.map((step) => `- ${plain(step)}`), "", fence, stack, fence, ""].join("\n");
}
