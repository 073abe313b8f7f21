// This machine's checks in, what Refscope needs here and where it speaks out.
import { useMemo } from "react";
import type { ToldDoctor } from "../../../shared/remedy.ts";
import { desktop } from "../../bridge/desktop.ts";
import { CheckLine } from "../../parts/CheckLine.tsx";
import { Copy } from "../../parts/Copy.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

export function Diagnostics() {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "doctor.run", {}), [bridge]);
  const found = usePoll(poll);
  return (
    <section className="card pad" aria-label="Diagnostics">
      <h2>Diagnostics</h2>
      <Loaded loadable={found}>
        {(doctor) => (
          <>
            <p>{headline(doctor)}</p>
            <ul className="checks">
              {doctor.checks.map((check) => (
                <CheckLine key={check.name} check={check} />
              ))}
            </ul>
            <div className="row">
              <button type="button" onClick={poll.refresh}>
                Check again
              </button>
              <Copy label="Copy for a bug report" text={asText(doctor)} />
            </div>
          </>
        )}
      </Loaded>
      <p className="faint">
        {desktop()
          ? "The engine is a process of this application; it writes no log of its own."
          : "The engine speaks in the terminal where refscope serve runs; it writes no log of its own."}{" "}
        The same on the command line: <code>refscope doctor</code>
      </p>
    </section>
  );
}

function headline({ checks }: ToldDoctor): string {
  const failed = checks.filter(({ outcome }) => outcome === "failed").length;
  if (failed === 0) return "Everything that Refscope needs is here.";
  return `${failed} of ${checks.length} checks failed.`;
}

/** As the terminal says it; the paths in it are this machine's. */
const asText = ({ checks }: ToldDoctor): string =>
  checks.map(({ name, outcome, detail }) => `${outcome.padEnd(8)}${name}: ${detail}`).join("\n");
