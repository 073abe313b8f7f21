// The steps of an attempt in, a list of them with how long each took out.
import { duration } from "../../logic/format.ts";
import type { Step } from "../../logic/steps.ts";

const glyphs = { done: "✓", now: "●", failed: "✕", waiting: "○" } as const;
const spoken = { done: "done", now: "under way", failed: "failed", waiting: "waiting" } as const;

export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <div className="card pad narrow">
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.name} aria-current={step.mark === "now" ? "step" : undefined}>
            <span className="mark" data-mark={step.mark} aria-hidden="true">
              {glyphs[step.mark]}
            </span>
            <span className="name">{step.name}</span>
            <span className="faint">
              {spoken[step.mark]}
              {step.seconds !== undefined && `, ${duration(step.seconds)}`}
            </span>
            <p>{step.means}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
