// A process to diagnose in, how that stands out; it goes on to its progress when it has begun. Next: views/suspects.
import type { DiagnosisParams } from "../../shared/rpc-contract.ts";
import { suspects } from "../logic/routes.ts";
import { ofEach } from "../logic/settings.ts";
import { useApp } from "./app-context.ts";
import { go } from "./use-route.ts";
import { useTask } from "./use-task.ts";

export function useDiagnose() {
  const { bridge, diagnosed, settings, states } = useApp();
  return useTask(
    (request: DiagnosisParams) => bridge.call("diagnosis.start", { ...request, ...ofEach(settings.get().recording) }),
    ({ path }) => {
      diagnosed.set(path);
      states.refresh();
      go(suspects(path));
    },
  );
}
