// Which Node the engine runs under, decided by Electron's own. Next: engine-process.ts starts it, local-engine.ts speaks to it.
import type { utilityProcess } from "electron";
import { fail, ok } from "../../shared/failures.ts";
import { engineEnvironment, type Places } from "../places.ts";
import type { StartLocal } from "./engine-keeper.ts";
import { isNewEnough, startChild, startUtility } from "./engine-process.ts";
import { createLocalEngine } from "./local-engine.ts";

export function localStarter(
  utility: Pick<typeof utilityProcess, "fork">,
  places: Pick<Places, "host" | "resources">,
  node: string,
  env: NodeJS.ProcessEnv,
): StartLocal {
  const told = engineEnvironment(env, places.resources);
  return (ended) => {
    if (isNewEnough(node)) return ok(createLocalEngine(startUtility(utility, places.host, told), ended));
    const other = told["REFSCOPE_NODE"];
    if (other !== undefined) return ok(createLocalEngine(startChild(other, places.host, told), ended));
    const advice = "Set REFSCOPE_NODE to a Node 24, or connect to an engine that `refscope serve` started.";
    return fail("not-found", { what: `Node 24 for the engine (this Electron has ${node})`, advice });
  };
}
