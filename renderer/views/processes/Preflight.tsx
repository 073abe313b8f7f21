// A process in, every check that is made before it is touched out. Next: RecordForm.tsx.
import { useMemo } from "react";
import type { SeenProcess } from "../../../shared/process-list.ts";
import type { ToldDoctor } from "../../../shared/remedy.ts";
import { bytes } from "../../logic/format.ts";
import { CheckLine } from "../../parts/CheckLine.tsx";
import { Scroll } from "../../parts/Scroll.tsx";
import { Loaded } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { Uptime } from "./columns.tsx";
import { RecordForm } from "./RecordForm.tsx";

export function Preflight({ row, close }: { readonly row: SeenProcess; readonly close: () => void }) {
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
          <p className="faint">
            {row.user !== "" && (
              <>
                of <Words text={row.user} max={24} /> ·{" "}
              </>
            )}
            runs for <Uptime startedAt={row.startedAt} /> · {bytes(row.rssBytes)}
          </p>
        </div>
        <button type="button" className="bare" onClick={close} aria-label="Close the checks">
          ✕
        </button>
      </header>
      <Loaded loadable={doctor}>{(found) => <Found found={found} pid={pid} />}</Loaded>
    </section>
  );
}

function Found({ found, pid }: { readonly found: ToldDoctor; readonly pid: number }) {
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
