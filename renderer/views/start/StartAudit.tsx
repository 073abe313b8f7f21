// Nothing in; how to have an extension module audited, and the form that does it, out. Next: views/extensions.
import { useId, useState } from "react";
import { extensions } from "../../logic/routes.ts";
import { auditOf } from "../../logic/start.ts";
import { Empty } from "../../parts/States.tsx";
import { ModuleField } from "./fields.tsx";
import { StartRecording } from "./StartRecording.tsx";

export function StartAudit() {
  const [module, setModule] = useState("");
  const [guard, setGuard] = useState(false);
  return (
    <Empty title="An audit follows one module's calls of the C API">
      <p className="quiet">
        It finds references that the module leaks and rules of the C API that it breaks, while the program uses it. The
        same on the command line: <code>refscope audit PID MODULE</code>.
      </p>
      <StartRecording name="Audit" action="Start the audit" what={auditOf(module, guard)} to={extensions}>
        {({ pid }) => (
          <>
            <ModuleField
              key={pid}
              pid={pid}
              module={module}
              about="One that is not imported yet is waited for."
              change={setModule}
            />
            <GuardField guard={guard} change={setGuard} />
          </>
        )}
      </StartRecording>
    </Empty>
  );
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
