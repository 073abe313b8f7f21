// The chosen frame in; what is known of it, its source, and the way to its callers out. Used by Stacks.tsx.
import type { ReactNode } from "react";
import type { FlameFrame } from "../../../shared/flame.ts";
import type { OneFunction } from "../../logic/evidence-route.ts";
import { nameOf, originAt, originWords, saidOf, type Unit } from "../../logic/flame/said.ts";
import { frameOf, type Tree } from "../../logic/flame/tree.ts";
import { Said, Words } from "../../parts/Words.tsx";

interface Given {
  readonly tree: Tree;
  readonly node: number;
  readonly unit: Unit;
  /** The function whose callers are shown. */
  readonly of?: OneFunction;
  readonly look: (of: OneFunction) => void;
  readonly source: (frame: FlameFrame, line: number | null) => ReactNode;
}

export function Chosen({ tree, node, unit, of, look, source }: Given) {
  const frame = frameOf(tree, node);
  if (!frame) return null;
  const origin = originAt(tree, node);
  return (
    <section className="card pad below" aria-label="The chosen frame">
      <div className="between">
        <h2>
          <Said sentence={[nameOf(tree, node)]} />
        </h2>
        {(frame.function !== of?.function || frame.file !== of.file) && (
          <button type="button" onClick={() => look({ function: frame.function, file: frame.file })}>
            Its callers, and what it calls
          </button>
        )}
      </div>
      <p>
        <Said sentence={saidOf(tree, node, unit)} />
      </p>
      <p className="quiet code">
        <Words text={frame.file} max={200} />
        {origin && <span className="faint"> ({originWords[origin]})</span>}
      </p>
      {source(frame, tree.line[node] || null)}
    </section>
  );
}
