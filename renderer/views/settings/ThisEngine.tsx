// What the engine's environment decides in, each with what decides it out: to be read here, and changed where it stands.
import { useMemo } from "react";
import type { Settled } from "../../../shared/settled.ts";
import { desktop } from "../../bridge/desktop.ts";
import { Loaded } from "../../parts/States.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { SettingRow } from "./SettingRow.tsx";

const about: Readonly<Record<Settled["what"], { readonly name: string; readonly text: string }>> = {
  recordings: { name: "Recordings", text: "Their folder, its owner’s alone." },
  frida: { name: "Way into a process", text: "What carries the agent there." },
  symbols: { name: "Lines of extensions", text: "What reads the debug information in a module or beside it." },
  processes: { name: "Processes", text: "Where they are looked for." },
};

export function ThisEngine() {
  const { bridge } = useApp();
  const found = usePoll(useMemo(() => createPoll(bridge, "engine.settled", {}), [bridge]));
  return (
    <section className="card pad" aria-label="This engine">
      <h2>This engine</h2>
      <Loaded loadable={found}>{(rows) => rows.map((row) => <Row key={row.what} row={row} />)}</Loaded>
      <SettingRow name="Sources" about="Where they were not there, or not to be read, no line is shown.">
        The lines around a frame are read where the program has them, and kept in its recording.
      </SettingRow>
      <Listens />
      <SettingRow name="Updates" about="A new version comes the way this one did.">
        Off. Refscope looks for none, and sends nothing.
      </SettingRow>
      <p className="faint">It is told these by its environment when it starts; a page cannot change them.</p>
    </section>
  );
}

function Row({ row: { what, value, by, variable } }: { readonly row: Settled }) {
  const { name, text } = about[what];
  return (
    <SettingRow
      name={name}
      about={
        <>
          {text}{" "}
          {by === null ? (
            <>
              Changed by <Code text={variable} />.
            </>
          ) : (
            <span className="tag">
              set by <Words text={by} />
            </span>
          )}
        </>
      }
    >
      {value === null ? "—" : <Code text={value} max={96} />}
    </SettingRow>
  );
}

function Listens() {
  if (desktop())
    return (
      <SettingRow name="Web host" about="The engine and this window speak through a pipe of their own.">
        Nothing listens.
      </SettingRow>
    );
  return (
    <SettingRow
      name="Web host"
      about={
        <>
          It answers to names of its own machine alone. Another port: <code>refscope serve --port N</code>; from
          elsewhere: <code>ssh -L</code>.
        </>
      }
    >
      <code>{location.host}</code>
    </SettingRow>
  );
}
