// A process to diagnose in, how that stands out; it goes on to its progress when it has begun. Next: views/suspects.
import type { DiagnosisParams } from "../../shared/rpc-contract.ts";
import { suspects } from "../logic/routes.ts";
import { useApp } from "./app-context.ts";
import { go } from "./use-route.ts";
import { useTask } from "./use-task.ts";

export function useDiagnose() {
  const { bridge, diagnosed, states } = useApp();
  return useTask(
    (request: DiagnosisParams) => bridge.call("diagnosis.start", request),
    ({ path }) => {
      diagnosed.set(path);
      states.refresh();
      go(suspects(path));
    },
  );
}
