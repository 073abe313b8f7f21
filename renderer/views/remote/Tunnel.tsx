// The name of a machine and a port in, the command that brings its engine's port here out, to copy.
import { useId, useState } from "react";
import { tunnelCommand } from "../../logic/remote.ts";
import { Copy } from "../../parts/Copy.tsx";
import { sentence } from "../../parts/States.tsx";

export function Tunnel() {
  const id = useId();
  const [host, setHost] = useState("");
  const [port, setPort] = useState("");
  const command = tunnelCommand(host, port);
  return (
    <>
      <p className="quiet">
        An engine answers on its own machine alone. There: <code>refscope serve --port {port.trim() || "8123"}</code>.
        Here, in a terminal that stays open:
      </p>
      <div className="row tunnel">
        <input
          type="text"
          aria-label="Machine"
          aria-describedby={`${id}-command`}
          placeholder="user@host"
          value={host}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setHost(event.target.value)}
        />
        <input
          type="text"
          inputMode="numeric"
          aria-label="Port"
          aria-describedby={`${id}-command`}
          placeholder="8123"
          className="short"
          value={port}
          onChange={(event) => setPort(event.target.value)}
        />
        <span id={`${id}-command`}>
          {command.ok ? <code>{command.value}</code> : `${sentence(command.problem.cause)} ${command.problem.fix}`}
        </span>
        {command.ok && <Copy label="Copy the command" text={command.value} />}
      </div>
    </>
  );
}
