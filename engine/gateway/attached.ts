// One attached process: loads scripts, ends once with a reason that every call still waiting gets to hear. Shared by the
// bridge and the binding, which differ in the SessionPort below. Next: script.ts.
import { type Failure, failed, ok, type Result } from "../../shared/failures.ts";
import type { Pid } from "../../shared/units.ts";
import { type Answer, scriptProblem } from "./answer.ts";
import { type Birth, birthOf, detachFailure, detachReason, reasonSaid } from "./detach-reason.ts";
import type { DetachReason, GatewayScript, GatewaySession, ScriptEvents } from "./gateway.ts";
import { openScript, type ScriptEnd, type ScriptPort } from "./script.ts";

export type Receive = (json: string, bytes: Uint8Array | undefined) => void;
export interface SessionPort {
  /** Messages may come before `loaded` settles. */
  load(source: string, receive: Receive): { readonly port: ScriptPort; readonly loaded: Promise<Answer> };
  detach(): Promise<Answer>;
  /** Nobody waits any more: detach whenever that becomes possible. */
  abandon(): void;
}

export class AttachedSession implements GatewaySession {
  readonly pid: Pid;
  readonly remote: boolean;
  readonly #port: SessionPort;
  readonly #birth: Birth | undefined;
  readonly #scripts = new Set<ScriptEnd>();
  readonly #detached = Promise.withResolvers<DetachReason>();
  #ended: Failure | undefined;

  constructor(pid: Pid, port: SessionPort, remote = false) {
    this.pid = pid;
    this.remote = remote;
    this.#port = port;
    this.#birth = remote ? undefined : birthOf(pid);
  }

  get detached(): Promise<DetachReason> {
    return this.#detached.promise;
  }

  async loadScript(source: string, on: ScriptEvents): Promise<Result<GatewayScript>> {
    if (this.#ended) return failed(this.#ended);
    const { port, loaded } = this.#port.load(source, (json, bytes) => end.receive(json, bytes));
    const end: ScriptEnd = openScript(this.pid, port, on);
    this.#scripts.add(end);
    const answer = await loaded;
    const problem = this.#ended ?? (answer.kind === "done" ? undefined : scriptProblem(this.pid, answer));
    if (!problem) return ok(end.script);
    this.#scripts.delete(end);
    return failed(problem);
  }

  async detach(): Promise<void> {
    if (this.#ended) return;
    const answer = await this.#port.detach();
    if (answer.kind === "late") this.#port.abandon();
    this.end("application-requested");
  }

  /** Takes Frida's word for why; the first one counts. */
  end(said: string): void {
    if (this.#ended) return;
    const reason = this.remote ? reasonSaid(said) : detachReason(said, this.pid, this.#birth);
    this.#ended = detachFailure(this.pid, reason);
    for (const script of this.#scripts) script.close(this.#ended);
    this.#scripts.clear();
    this.#detached.resolve(reason);
  }
}
