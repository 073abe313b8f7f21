// The cycle through an object in; a drawing of it with the edge that breaks it marked, and the same in words, out.
import { useId } from "react";
import type { WhyDocument } from "../../../shared/heap-views.ts";
import { cycleSize, type Drawn, drawnCycle } from "../../logic/cycle.ts";
import { visible } from "../../logic/escape.ts";
import type { WhyRoute } from "../../logic/heap-route.ts";
import { Chain } from "../../parts/Chain.tsx";
import { Words } from "../../parts/Words.tsx";

interface Given {
  readonly cycle: NonNullable<WhyDocument["cycle"]>;
  readonly to: (address: string) => WhyRoute;
}

export function Cycle({ cycle, to }: Given) {
  const id = useId();
  const drawn = drawnCycle(cycle);
  return (
    <figure className="card pad below" aria-labelledby={id}>
      <h2 id={id}>It keeps itself, in a cycle</h2>
      <p>
        <Words text={cycle.say} />
      </p>
      {drawn && <Drawing drawn={drawn} say={cycle.say} />}
      <details className="twin" open={!drawn}>
        <summary>Show as a list</summary>
        <Chain steps={cycle.steps} to={({ address }) => to(address)} />
      </details>
    </figure>
  );
}

const longestType = 22;
const longestEdge = 20;

function Drawing({ drawn: { nodes, edges }, say }: { readonly drawn: Drawn; readonly say: string }) {
  const { width, height, node } = cycleSize;
  return (
    <svg className="cycle" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={visible(say)}>
      <defs>
        <Arrow id="cycle-arrow" className="arrow" />
        <Arrow id="cycle-break" className="arrow breaks" />
      </defs>
      {edges.map(({ from, to, breaks }) => (
        <line
          key={`${from.x} ${from.y}`}
          className={breaks ? "breaks" : undefined}
          {...{ x1: from.x, y1: from.y, x2: to.x, y2: to.y }}
          markerEnd={`url(#${breaks ? "cycle-break" : "cycle-arrow"})`}
        />
      ))}
      {nodes.map(({ x, y, step, own, name }) => (
        <g key={step.address} className={own ? "own" : undefined}>
          <circle cx={x} cy={y} r={node - 4} />
          <text x={name.x} y={name.y} className="type" data-side={name.side}>
            {visible(step.type, longestType)}
          </text>
          <text x={x} y={y + 4}>
            {own ? "this" : ""}
          </text>
        </g>
      ))}
      {edges.map(({ label, words, breaks }) => (
        <text key={`${label.x} ${label.y} ${words}`} {...label} className={breaks ? "edge breaks" : "edge"}>
          {breaks ? "✂ " : ""}
          {visible(words, longestEdge)}
        </text>
      ))}
    </svg>
  );
}

function Arrow({ id, className }: { readonly id: string; readonly className: string }) {
  return (
    <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
      <path d="M0 0L8 4L0 8Z" className={className} />
    </marker>
  );
}
