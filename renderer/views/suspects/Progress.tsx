// A diagnosis that goes on in; how far it is, what it did and does, and the way to end it, out.
import { useState } from "react";
import type { DiagnosisState } from "../../../shared/diagnosis-document.ts";
import { duration } from "../../logic/format.ts";
import { sentence } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";

export function Progress({ state }: { readonly state: DiagnosisState }) {
  const { pid, seconds, forSeconds, doing, steps } = state;
  return (
    <>
      <h1>Diagnosing process {pid}</h1>
      <p className="quiet">
        Use the program meanwhile: only what it does can be seen. The process runs on, and is let go of at the end.
      </p>
      <section className="card pad narrow" aria-label="Progress">
        <div className="between">
          <span className="strong">Step {steps.length + 1}</span>
          <span className="quiet nowrap">
            {duration(Math.floor(seconds))} of about {duration(forSeconds)}
          </span>
        </div>
        <progress
          className="progress"
          max={forSeconds}
          value={Math.min(seconds, forSeconds)}
          aria-label={`${duration(Math.floor(seconds))} of about ${duration(forSeconds)}`}
        />
        <ol className="steps">
          {steps.map((step) => (
            <li key={step.at}>
              <span className="mark" data-mark="done">
                ✓
              </span>
              <Words text={sentence(step.did)} />
              <span className="faint nowrap">{duration(step.seconds)}</span>
            </li>
          ))}
          <li>
            <span className="mark" data-mark="now">
              ●
            </span>
            <Words text={sentence(doing)} />
            <span className="faint">now</span>
          </li>
        </ol>
        <Stop path={state.path} />
      </section>
    </>
  );
}

function Stop({ path }: { readonly path: string }) {
  const { bridge } = useApp();
  const [asked, setAsked] = useState(false);
  const stop = () => {
    setAsked(true);
    void bridge.call("diagnosis.stop", { path }).then((answer) => {
      if (!answer.ok) setAsked(false);
    });
  };
  return (
    <div className="row below">
      <button type="button" disabled={asked} onClick={stop}>
        {asked ? "Ending…" : "End it now"}
      </button>
      <span className="faint">The verdict is made from what is known by then.</span>
    </div>
  );
}
