// A process in, every check that is made before it is touched out. Next: RecordForm.tsx.
import { useMemo } from "react";
import type { Check, DoctorDocument, ProcessRow } from "../../../shared/documents.ts";
import { Scroll } from "../../parts/Scroll.tsx";
import { Loaded, sentence } from "../../parts/States.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { RecordForm } from "./RecordForm.tsx";

export function Preflight({ row, close }: { readonly row: ProcessRow; readonly close: () => void }) {
  const { bridge } = useApp();
  const { pid } = row;
  const doctor = usePoll(useMemo(() => createPoll(bridge, "doctor.run", { pid }), [bridge, pid]));
  return (
    <section className="card pad drawer" aria-label={`Checks of process ${pid}`}>
      <header>
        <div>
          <h2>Before anything is touched</h2>
          <span className="strong">
            <Words text={row.name} max={40} />
          </span>{" "}
          <span className="quiet">{pid}</span>
        </div>
        <button type="button" className="bare" onClick={close} aria-label="Close the checks">
          ✕
        </button>
      </header>
      <Loaded loadable={doctor}>{(found) => <Found found={found} pid={pid} />}</Loaded>
    </section>
  );
}

function Found({ found, pid }: { readonly found: DoctorDocument; readonly pid: number }) {
  return (
    <>
      <Scroll className="checks" label="Checks">
        <ul>
          {found.checks.map((check) => (
            <CheckLine key={check.name} check={check} />
          ))}
        </ul>
      </Scroll>
      <RecordForm pid={pid} possible={found.attachable === true} />
    </>
  );
}

const glyphs = { passed: "✓", failed: "✕", unknown: "·" } as const;

function CheckLine({ check }: { readonly check: Check }) {
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

/** What passed takes one line; what failed has room for its cause and its fix. */
function CheckWords({ check }: { readonly check: Check }) {
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
      <p>
        <Words text={sentence(check.detail)} /> {check.fix && <Words text={check.fix} />}
      </p>
    </>
  );
}
