// What is to be recorded in, its boxes out. Used where a recording is begun and where its defaults are set.
import { collectable } from "../../shared/rpc-contract.ts";

export type Kind = (typeof collectable)[number];

const wordsOf: { readonly [K in Kind]: { readonly name: string; readonly means: string } } = {
  lifecycle: { name: "objects", means: "what is allocated, freed and kept" },
  gil: { name: "GIL", means: "who holds it, who waits" },
  errors: { name: "errors", means: "what is raised and lost" },
};

interface Given {
  readonly collect: readonly Kind[];
  readonly change: (collect: readonly Kind[]) => void;
  /** Where errors are followed: also everything that clears or overwrites one. */
  readonly details?: { readonly on: boolean; readonly change: (on: boolean) => void };
}

export function Collect({ collect, change, details }: Given) {
  const toggle = (kind: Kind, on: boolean) =>
    change(collectable.filter((one) => (one === kind ? on : collect.includes(one))));
  return (
    <fieldset className="collect">
      <legend>Record</legend>
      {collectable.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={collect.includes(kind)}
            onChange={(event) => toggle(kind, event.target.checked)}
          />
          {wordsOf[kind].name} <span className="faint">{wordsOf[kind].means}</span>
        </label>
      ))}
      {details && collect.includes("errors") && (
        <label>
          <input type="checkbox" checked={details.on} onChange={(event) => details.change(event.target.checked)} />
          all that loses errors <span className="faint">what clears or overwrites them too; costs more</span>
        </label>
      )}
    </fieldset>
  );
}
