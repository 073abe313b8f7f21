// Nothing in; how another machine's engine is brought here, and the form that goes to it, out: in a browser to its own page, in the
// desktop application by its shell. This page speaks to no other address itself.
import { type FormEvent, useId, useState } from "react";
import { desktop } from "../../bridge/desktop.ts";
import type { Answer, Problem } from "../../logic/loadable.ts";
import { linkOf } from "../../logic/remote.ts";
import { ProblemCard } from "../../parts/States.tsx";
import { Present } from "./Present.tsx";
import { Tunnel } from "./Tunnel.tsx";

export function RemoteForm() {
  const id = useId();
  const [link, setLink] = useState("");
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await goTo(linkOf(link, token));
    setProblem(answer.ok ? undefined : answer.problem);
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
            Go to that engine
          </button>
        </div>
      </form>
      {problem && <ProblemCard problem={problem} title="That was not opened" />}
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

async function goTo(link: Answer<string>): Promise<Answer<unknown>> {
  if (!link.ok) return link;
  const shell = desktop();
  if (shell) return shell.switchEngine(link.value);
  location.assign(link.value);
  return link;
}
