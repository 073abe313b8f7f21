// Nothing in; what a diagnosis does, and the form that begins one, out. Next: views/suspects.
import { useState } from "react";
import { suspects } from "../../logic/routes.ts";
import { ofEach } from "../../logic/settings.ts";
import { Empty, ProblemCard } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { go } from "../../state/use-route.ts";
import { useTask } from "../../state/use-task.ts";
import { diagnosisTimes, ModuleField } from "./fields.tsx";
import { StartForm } from "./StartForm.tsx";

export function StartDiagnosis() {
  const { bridge, diagnosed, settings, states } = useApp();
  const [module, setModule] = useState("");
  const { task, begin } = useTask(
    (request: { readonly pid: number; readonly forSeconds: number }) =>
      bridge.call("diagnosis.start", {
        ...request,
        ...ofEach(settings.get().recording),
        ...(module.trim() === "" ? {} : { module: module.trim() }),
      }),
    ({ path }) => {
      diagnosed.set(path);
      states.refresh();
      go(suspects(path));
    },
  );
  return (
    <Empty title="A diagnosis watches a process that works, then names what leaks">
      <p className="quiet">
        It records what is allocated and kept, takes heap graphs, and has the function named by the cheapest means. Use
        the program meanwhile. The same on the command line: <code>refscope diagnose PID</code>.
      </p>
      <StartForm
        name="Diagnosis"
        action="Diagnose"
        ready={task.kind !== "asked"}
        times={diagnosisTimes}
        begin={(pid, forSeconds) => begin({ pid, forSeconds })}
        said={task.kind === "failed" && <ProblemCard problem={task.problem} title="It was not started" />}
      >
        {({ pid }) => (
          <ModuleField
            key={pid}
            pid={pid}
            module={module}
            about="Only if you suspect one: it is audited in any case."
            change={setModule}
          />
        )}
      </StartForm>
    </Empty>
  );
}
