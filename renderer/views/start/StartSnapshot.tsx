// The process, where one was looked at, in; what a snapshot is, and the form that takes one of a process, out. Next: views/snapshot.
import type { HeapTaken } from "../../../shared/heap-taken.ts";
import type { RecordRequest } from "../../../shared/rpc-contract.ts";
import type { Bridge } from "../../bridge.ts";
import { snapshot } from "../../logic/heap-route.ts";
import type { Answer } from "../../logic/loadable.ts";
import { ofEach } from "../../logic/settings.ts";
import { Empty, ProblemCard } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { go } from "../../state/use-route.ts";
import { useTask } from "../../state/use-task.ts";
import { StartForm } from "./StartForm.tsx";

export function StartSnapshot({ pid }: { readonly pid?: number | undefined }) {
  const { bridge, settings, states } = useApp();
  const { task, begin } = useTask(
    // Nothing else is collected: no hook is installed.
    (chosen: number) => snapshotOf(bridge, { pid: chosen, collect: [], ...ofEach(settings.get().recording) }),
    ({ path, taken }) => {
      states.refresh();
      go({ ...snapshot(path), id: taken.id });
    },
  );
  return (
    <Empty title="A snapshot is every object of a process and who holds it, at one moment">
      <p className="quiet">
        The process forks and its copy is walked, so that it goes on after a few milliseconds. With a recording that
        goes on it also knows where objects were allocated. The same on the command line:{" "}
        <code>refscope snapshot PID</code>.
      </p>
      <StartForm
        name="Snapshot"
        pid={pid}
        action="Take a snapshot"
        ready={task.kind !== "asked"}
        times={undefined}
        begin={begin}
        said={
          <>
            {task.kind === "failed" && <ProblemCard problem={task.problem} title="No snapshot was taken" />}
            <p className="quiet below" role="status">
              {task.kind === "asked" && "Attaching, and walking the heap…"}
            </p>
          </>
        }
      />
    </Empty>
  );
}

interface Taken {
  readonly path: string;
  readonly taken: HeapTaken;
}

async function snapshotOf(bridge: Bridge, request: RecordRequest): Promise<Answer<Taken>> {
  const started = await bridge.call("recording.start", request);
  if (!started.ok) return started;
  const { path } = started.value;
  const taken = await bridge.call("heap.take", { path });
  const stopped = await bridge.call("recording.stop", { path });
  if (!taken.ok) return taken;
  return stopped.ok ? { ok: true, value: { path, taken: taken.value } } : stopped;
}
