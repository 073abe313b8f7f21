// Nothing in, what goes into the target out: the agent's bundle and the C core for this machine, as setup built them. Next: inject.ts, session.ts.
import { readFileSync } from "node:fs";
import { fail, ok, type Result } from "../../shared/failures.ts";

export interface AgentFiles {
  readonly source: string;
  readonly core: Uint8Array;
}

const built = new URL("../../.build/", import.meta.url);

export function readAgentFiles(folder: URL = built): Result<AgentFiles> {
  const core = `core/refscope-core-${process.arch}.so`;
  try {
    return ok({ source: readFileSync(new URL("agent.js", folder), "utf8"), core: readFileSync(new URL(core, folder)) });
  } catch {
    return fail("not-built", { what: "the agent or its core" });
  }
}
