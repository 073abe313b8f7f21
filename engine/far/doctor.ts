// A pid or none in, the document of `refscope doctor` out, for the machine it runs on. Next: the doors show it.
import { ok, type Result } from "../../shared/failures.ts";
import type { ToldDoctor } from "../../shared/remedy.ts";
import { checkHost } from "../preflight/host.ts";
import { preflight } from "../preflight/preflight.ts";
import type { Machine } from "./machine.ts";

/** Without a pid: what this machine has for recording, and the way to the other. With one: whether that process may be recorded. */
export async function doctor(machine: Machine, pid?: number): Promise<Result<ToldDoctor>> {
  if (pid === undefined) {
    const checks = [...checkHost(), ...(await machine.checks())];
    return ok({ schema: "refscope.doctor/1", pid: null, attachable: null, checks });
  }
  const looked = await machine.look(pid);
  if (!looked.ok) return looked;
  const { checks, failure } = await preflight(pid);
  return ok({ schema: "refscope.doctor/1", pid, attachable: failure === undefined, checks: [...checks] });
}
