// Nothing in; what a diagnosis does, and the form that begins one, out. Next: views/suspects.
import { useState } from "react";
import { Empty, ProblemCard } from "../../parts/States.tsx";
import { useDiagnose } from "../../state/use-diagnose.ts";
import { diagnosisTimes, ModuleField } from "./fields.tsx";
import { StartForm } from "./StartForm.tsx";

export function StartDiagnosis() {
  const [module, setModule] = useState("");
  const { task, begin } = useDiagnose();
  const name = module.trim();
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
        begin={(pid, forSeconds) => begin({ pid, forSeconds, ...(name === "" ? {} : { module: name }) })}
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
