// Nothing in; how another machine's engine is brought here, and the form for its link, out: a browser is given it
// for its address bar, because an engine lets nobody in who comes from another page; the desktop application goes there by its shell.
import { type FormEvent, useId, useState } from "react";
import { desktop } from "../../bridge/desktop.ts";
import type { Answer } from "../../logic/loadable.ts";
import { linkOf } from "../../logic/remote.ts";
import { Copy } from "../../parts/Copy.tsx";
import { ProblemCard } from "../../parts/States.tsx";
import { Present } from "./Present.tsx";
import { Tunnel } from "./Tunnel.tsx";

export function RemoteForm() {
  const id = useId();
  const [link, setLink] = useState("");
  const [token, setToken] = useState("");
  const [checked, setChecked] = useState<Answer<string> | undefined>(undefined);
  const shell = desktop();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = linkOf(link, token);
    const gone = shell && found.ok ? await shell.switchEngine(found.value) : found;
    setChecked(gone.ok ? found : gone);
  };
  return (
    <>
      <Present />
      <Tunnel />
      <form className="start" aria-label="Another machine’s engine" onSubmit={(event) => void submit(event)}>
        <label htmlFor={`${id}-link`}>Link</label>
        <div>
          <Field id={`${id}-link`} value={link} change={setLink} />
          <p id={`${id}-link-about`} className="faint">
            As <code>refscope serve</code> prints it there: <code>http://127.0.0.1:8123/#token=…</code> It works once.
          </p>
        </div>
        <label htmlFor={`${id}-token`}>Token</label>
        <div>
          <Field id={`${id}-token`} value={token} change={setToken} />
          <p id={`${id}-token-about`} className="faint">
            Only where the link has none.
          </p>
        </div>
        <div className="row">
          <button type="submit" className="main" disabled={link.trim() === ""}>
            {shell ? "Go to that engine" : "Check the link"}
          </button>
        </div>
      </form>
      {checked && !checked.ok && <ProblemCard problem={checked.problem} title="That is no engine’s link" />}
      {checked?.ok && !shell && (
        <p className="row">
          <Copy label="Copy the link" text={checked.value} />
          <span>Paste it into the address bar of a new tab: an engine lets nobody in who comes from another page.</span>
        </p>
      )}
    </>
  );
}

interface FieldGiven {
  readonly id: string;
  readonly value: string;
  readonly change: (text: string) => void;
}
const Field = ({ id, value, change }: FieldGiven) => (
  <input
    type="text"
    id={id}
    aria-describedby={`${id}-about`}
    value={value}
    autoComplete="off"
    spellCheck={false}
    onChange={(event) => change(event.target.value)}
  />
);
