// A process that passed its checks in, what to record of it and the button that begins out. Next: views/attaching.
import { useState } from "react";
import type { collectable } from "../../../shared/rpc-contract.ts";
import { attaching } from "../../logic/routes.ts";
import { useApp } from "../../state/app-context.ts";
import { go } from "../../state/use-route.ts";

type Kind = (typeof collectable)[number];

const kinds: readonly { readonly kind: Kind; readonly name: string; readonly means: string }[] = [
  { kind: "lifecycle", name: "objects", means: "what is allocated, freed and kept" },
  { kind: "gil", name: "GIL", means: "who holds it, who waits" },
  { kind: "errors", name: "errors", means: "what is raised and lost" },
];
const depths = [1, 4, 16];

export function RecordForm({ pid, possible }: { readonly pid: number; readonly possible: boolean }) {
  const { starts } = useApp();
  const [frames, setFrames] = useState(1);
  const [collect, setCollect] = useState<readonly Kind[]>(["lifecycle"]);
  const record = () => {
    starts.begin({ pid, frames, collect: [...collect] });
    go(attaching(pid));
  };
  return (
    <>
      <Collect collect={collect} change={setCollect} />
      <div className="row">
        <button type="button" className="main" disabled={!possible || collect.length === 0} onClick={record}>
          Record
        </button>
        {collect.includes("lifecycle") && <Depth frames={frames} change={setFrames} />}
        {collect.length === 0 && <span className="faint">Choose what to record.</span>}
      </div>
    </>
  );
}

interface CollectGiven {
  readonly collect: readonly Kind[];
  readonly change: (collect: readonly Kind[]) => void;
}
function Collect({ collect, change }: CollectGiven) {
  const toggle = (kind: Kind, on: boolean) =>
    change(kinds.map((one) => one.kind).filter((one) => (one === kind ? on : collect.includes(one))));
  return (
    <fieldset className="collect">
      <legend>Record</legend>
      {kinds.map(({ kind, name, means }) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={collect.includes(kind)}
            onChange={(event) => toggle(kind, event.target.checked)}
          />
          {name} <span className="faint">{means}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Depth({ frames, change }: { readonly frames: number; readonly change: (frames: number) => void }) {
  return (
    <label className="check">
      keep
      <select value={frames} onChange={(event) => change(Number(event.target.value))}>
        {depths.map((depth) => (
          <option key={depth} value={depth}>
            {depth === 1 ? "1 frame" : `${depth} frames`}
          </option>
        ))}
      </select>
      of each allocation
    </label>
  );
}
