// Nothing in, what goes into the target out: the agent's bundle and the C core for this machine, as setup built them. Next: inject.ts, session.ts.
import { readFileSync } from "node:fs";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { agentBundlePath, corePath } from "../built.ts";

export interface AgentFiles {
  readonly source: string;
  readonly core: Uint8Array;
}

export function readAgentFiles(source: string = agentBundlePath, core: string = corePath): Result<AgentFiles> {
  try {
    return ok({ source: readFileSync(source, "utf8"), core: readFileSync(core) });
  } catch {
    return fail("not-built", { what: "the agent or its core" });
  }
}
