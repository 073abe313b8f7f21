// Nothing in; how to have an extension module audited, and the form that does it, out. Next: views/extensions.
import { useId, useMemo, useState } from "react";
import { visible } from "../../logic/escape.ts";
import { known } from "../../logic/loadable.ts";
import { extensions } from "../../logic/routes.ts";
import { auditOf } from "../../logic/start.ts";
import { Empty } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { StartForm } from "./StartForm.tsx";

export function StartAudit() {
  const [module, setModule] = useState("");
  const [guard, setGuard] = useState(false);
  return (
    <Empty title="An audit follows one module's calls of the C API">
      <p className="quiet">
        It finds references that the module leaks and rules of the C API that it breaks, while the program uses it. The
        same on the command line: <code>refscope audit PID MODULE</code>.
      </p>
      <StartForm name="Audit" action="Start the audit" what={auditOf(module, guard)} to={extensions}>
        {({ pid }) => (
          <>
            <ModuleField key={pid} pid={pid} module={module} change={setModule} />
            <GuardField guard={guard} change={setGuard} />
          </>
        )}
      </StartForm>
    </Empty>
  );
}

interface ModuleGiven {
  readonly pid: number;
  readonly module: string;
  readonly change: (module: string) => void;
}

/** Those that are loaded are offered; one that is imported later can be typed. */
function ModuleField({ pid, module, change }: ModuleGiven) {
  const { bridge } = useApp();
  const asked = usePoll(useMemo(() => createPoll(bridge, "modules.list", { pid }), [bridge, pid]));
  const modules = known(asked);
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Module</label>
      <div>
        <input
          type="text"
          id={id}
          list={`${id}-list`}
          aria-describedby={`${id}-about`}
          value={module}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(event.target.value)}
        />
        <datalist id={`${id}-list`}>
          {modules?.map(({ name, path }) => (
            <option key={path} value={name}>
              {visible(path, 120)}
            </option>
          ))}
        </datalist>
        <p id={`${id}-about`} className="faint">
          {asked.kind === "error" ? "Its modules cannot be listed. " : about(modules?.length)}
          One that is not imported yet is waited for.
        </p>
      </div>
    </>
  );
}

function about(loaded: number | undefined): string {
  if (loaded === undefined) return "";
  return loaded === 0 ? "This process has no extension module loaded. " : `${loaded} are loaded there. `;
}

interface GuardGiven {
  readonly guard: boolean;
  readonly change: (guard: boolean) => void;
}

function GuardField({ guard, change }: GuardGiven) {
  const id = useId();
  return (
    <>
      <span />
      <div>
        <label className="check">
          <input
            type="checkbox"
            checked={guard}
            aria-describedby={id}
            onChange={(event) => change(event.target.checked)}
          />
          Guard
        </label>
        <p id={id} className="faint">
          Keeps the process alive when the module releases a reference that it does not own. This changes what the
          program does: the object that would have been freed stays. Leave it off unless the process dies of it.
        </p>
      </div>
    </>
  );
}
