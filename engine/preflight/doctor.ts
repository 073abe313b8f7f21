// A pid or none in, the document of `refscope doctor` out. Next: the doors show it.
import type { DoctorDocument } from "../../shared/documents.ts";
import { checkHost } from "./host.ts";
import { preflight } from "./preflight.ts";

/** Without a pid: what this machine has for recording. With one: whether that process may be recorded. */
export async function doctor(pid?: number): Promise<DoctorDocument> {
  if (pid === undefined) return { schema: "refscope.doctor/1", pid: null, attachable: null, checks: [...checkHost()] };
  const { checks, failure } = await preflight(pid);
  return { schema: "refscope.doctor/1", pid, attachable: failure === undefined, checks: [...checks] };
}
