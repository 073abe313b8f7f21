// A check of a process or of this machine in, its line out: what passed takes one, what failed has room for its cause and its fix.
import type { ToldCheck } from "../../shared/remedy.ts";
import { withCommands } from "../logic/commands-in-text.ts";
import { Remedies } from "./Remedies.tsx";
import { sentence } from "./States.tsx";
import { Code, Said, Words } from "./Words.tsx";

const glyphs = { passed: "✓", failed: "✕", unknown: "·" } as const;

export function CheckLine({ check }: { readonly check: ToldCheck }) {
  return (
    <li>
      <span className="mark" data-mark={check.outcome} aria-hidden="true">
        {glyphs[check.outcome]}
      </span>
      <span className="name">
        <Words text={check.name} />
        {check.outcome !== "unknown" && <span className="heard">: {check.outcome}</span>}
      </span>
      <CheckWords check={check} />
    </li>
  );
}

function CheckWords({ check }: { readonly check: ToldCheck }) {
  if (check.outcome === "unknown") return <span className="faint">not tried</span>;
  if (check.outcome === "passed")
    return (
      <span className="detail">
        <Words text={check.detail} max={64} />
      </span>
    );
  return (
    <>
      <span className="faint">{check.code && <Code text={check.code} max={32} />}</span>
      <div className="why-not">
        <Words text={sentence(check.detail)} />{" "}
        {check.remedies ? (
          <Remedies remedies={check.remedies} />
        ) : (
          check.fix && <Said sentence={withCommands(check.fix)} />
        )}
      </div>
    </>
  );
}
