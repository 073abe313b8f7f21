// A finding as a screen says it in; a button that has the engine write it for a bug report, without what is private, and copies that, out.
import type { FindingText } from "../../shared/finding-markdown.ts";
import { useApp } from "../state/app-context.ts";
import { CopyAsked } from "./CopyAsked.tsx";

interface Given {
  readonly path: string;
  readonly finding: FindingText;
}

export function CopyFinding({ path, finding }: Given) {
  const { bridge } = useApp();
  return (
    <CopyAsked
      label="Copy for a bug report"
      ask={() => bridge.call("finding.markdown", { path, finding: cut(finding) })}
    />
  );
}

/** What the contract takes: a name from outside may be made to be longer. */
const longest = 4000;
const cut = ({ what, evidence, confidence, frames }: FindingText): FindingText => ({
  what: what.slice(0, longest),
  evidence: evidence.slice(0, 50).map((text) => text.slice(0, longest)),
  confidence,
  frames: frames.slice(0, 64),
});
