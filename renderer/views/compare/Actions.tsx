// What is compared and how it is shown in; the ways to see it otherwise, and to take it along, out. Used by Compare.tsx.
import { useId, useState } from "react";
import { type ComparisonFormat, comparisonFormats, leastThreshold } from "../../../shared/comparison-calls.ts";
import { comparisonUnits } from "../../../shared/comparison-document.ts";
import type { RpcParams } from "../../../shared/rpc-contract.ts";
import { formatWords, unitWords } from "../../logic/compare.ts";
import { isThreshold } from "../../logic/compared-route.ts";
import type { CompareRoute } from "../../logic/evidence-route.ts";
import { CopyAsked } from "../../parts/CopyAsked.tsx";
import { Download } from "../../parts/Download.tsx";
import { useApp } from "../../state/app-context.ts";

interface Given {
  readonly route: CompareRoute;
  readonly change: (more: Partial<CompareRoute>) => void;
}
interface ActionsGiven extends Given {
  readonly asked: RpcParams<"recording.compare">;
  readonly isComparable: boolean;
}

export function Actions({ asked, route, change, isComparable }: ActionsGiven) {
  const { per, table } = route;
  const tab = (name: CompareRoute["table"], words: string) => (
    <button type="button" aria-pressed={table === name} onClick={() => change({ table: name })}>
      {words}
    </button>
  );
  return (
    <div className="tools">
      {isComparable && (
        <fieldset className="tabs" aria-label="View">
          {tab("rows", "Places")}
          {tab("flame", "Flame graph")}
        </fieldset>
      )}
      {!asked.marks && (table === "rows" || per !== "second") && <Per route={route} change={change} />}
      {(table === "rows" || !isComparable) && <Threshold route={route} change={change} />}
      <span className="grow" />
      <Take asked={asked} />
    </div>
  );
}

function Per({ route, change }: Given) {
  return (
    <fieldset className="tabs" aria-label="Rates by">
      {comparisonUnits.map((unit) => (
        <button key={unit} type="button" aria-pressed={route.per === unit} onClick={() => change({ per: unit })}>
          {unitWords[unit]}
        </button>
      ))}
    </fieldset>
  );
}

/** What is typed stays while it is no threshold. */
function Threshold({ route: { threshold }, change }: Given) {
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const type = (text: string) => {
    const isOne = isThreshold(Number(text));
    setTyped(isOne ? undefined : text);
    if (isOne) change({ threshold: Number(text) });
  };
  return (
    <label htmlFor={id} className="quiet" title="What differs by a smaller part of the larger one is the same">
      Differs from{" "}
      <input
        id={id}
        type="number"
        className="small"
        min={leastThreshold}
        max={100}
        step={5}
        aria-invalid={typed !== undefined || undefined}
        value={typed ?? threshold}
        onChange={({ target }) => type(target.value)}
        onBlur={() => setTyped(undefined)}
      />{" "}
      %
    </label>
  );
}

/** As a copy at the level "standard" leaves. */
function Take({ asked }: Pick<ActionsGiven, "asked">) {
  const { bridge } = useApp();
  const [format, setFormat] = useState<ComparisonFormat>("markdown");
  const text = { ...asked, format, level: "standard" } as const;
  return (
    <span className="row" title="Without messages of exceptions, secrets and names of homes">
      <select
        aria-label="Take it along as"
        value={format}
        onChange={({ target }) => setFormat(comparisonFormats.find((one) => one === target.value) ?? format)}
      >
        {comparisonFormats.map((one) => (
          <option key={one} value={one}>
            {formatWords[one]}
          </option>
        ))}
      </select>
      <CopyAsked label={`Copy as ${formatWords[format]}`} ask={() => bridge.call("comparison.text", text)} />
      <Download ask={() => bridge.call("comparison.offer", text)} />
    </span>
  );
}
