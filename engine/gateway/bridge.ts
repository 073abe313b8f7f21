// The gateway through bridge.py: Frida's Python wheel in a process of its own, which installs wherever pip does and whose end
// is no end of ours. Frames in, sessions and scripts out. Next: engine/session.
import * as v from "valibot";
import { fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import { type Pid, pid as toPid } from "../../shared/units.ts";
import { otherProblem, targetProblem } from "./answer.ts";
import { AttachedSession, type Receive } from "./attached.ts";
import { BridgeProcess } from "./bridge-process.ts";
import { type BridgeEvent, processNames } from "./bridge-protocol.ts";
import { bridgeSessionPort, type ScriptTable } from "./bridge-session-port.ts";
import { deviceProblem, keepaliveSeconds, type RemoteDevice } from "./device.ts";
import { spawnFailure } from "./frida-errors.ts";
import type { Gateway, GatewaySession, ProcessName, SpawnOptions } from "./gateway.ts";
import { limits, within } from "./limits.ts";

export class BridgeGateway implements Gateway {
  readonly kind = "bridge";
  readonly #process: BridgeProcess;
  readonly #sessions = new Map<number, AttachedSession>();
  readonly #scripts: ScriptTable = new Map<number, Receive>();
  readonly #output = new Map<number, NonNullable<SpawnOptions["onOutput"]>>();
  readonly #ready = Promise.withResolvers<Result<void>>();
  readonly #lost = Promise.withResolvers<string>();
  #lastSession = 0;
  #closing = false;
  #remote = false;

  constructor(python: string) {
    this.#process = new BridgeProcess(python, (event, bytes) => this.#take(event, bytes));
    void this.#process.lost.then((why) => this.#end(why));
  }

  get lost(): Promise<string> {
    return this.#lost.promise;
  }
  /** The Python process; the contract suite ends it. */
  get bridgePid(): number | undefined {
    return this.#process.pid;
  }

  /** Settles when Frida is loaded in the bridge, or cannot be. */
  async ready(): Promise<Result<void>> {
    const late = () => fail("gateway-missing", { why: `Python did not start within ${limits.start / 1000} s` });
    return await within<Result<void>>(limits.start, this.#ready.promise, late);
  }

  /** From now on the processes are those of another machine. */
  async use({ address, token, certificate }: RemoteDevice): Promise<Result<void>> {
    this.#remote = true;
    const answer = await this.#process.request("device", { address, token, certificate, keepalive: keepaliveSeconds });
    return answer.kind === "done" ? ok(undefined) : failed(deviceProblem(address, answer));
  }

  async enumerate(): Promise<Result<readonly ProcessName[]>> {
    const answer = await this.#process.request("enumerate", {});
    if (answer.kind === "done")
      return ok(v.parse(processNames, answer.value).map(({ pid, name }) => ({ pid: toPid(pid), name })));
    return {
      ok: false,
      failure: otherProblem(answer, (why) => failure("bug", { what: `no list of processes: ${why}` })),
    };
  }

  async attach(pid: Pid): Promise<Result<GatewaySession>> {
    const number = ++this.#lastSession;
    const port = bridgeSessionPort(this.#process, number, this.#scripts);
    const session = new AttachedSession(pid, port, this.#remote);
    this.#sessions.set(number, session);
    void session.detached.then(() => this.#sessions.delete(number));
    const answer = await this.#process.request("attach", { session: number, pid }, limits.attach);
    if (answer.kind === "done") return ok(session);
    this.#sessions.delete(number);
    if (answer.kind === "late") port.abandon();
    return failed(targetProblem(pid, answer));
  }

  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<Result<Pid>> {
    const { cwd, env, onOutput } = options;
    const answer = await this.#process.request("spawn", { argv, cwd, env });
    const program = argv[0] ?? "";
    if (answer.kind !== "done") return failed(otherProblem(answer, (why) => spawnFailure(program, why)));
    const pid = toPid(v.parse(v.number(), answer.value));
    if (onOutput) this.#output.set(pid, onOutput);
    return ok(pid);
  }

  resume(pid: Pid): Promise<Result<void>> {
    return this.#plain("resume", pid);
  }
  kill(pid: Pid): Promise<Result<void>> {
    return this.#plain("kill", pid);
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#process.close();
  }

  async #plain(op: string, pid: Pid): Promise<Result<void>> {
    const answer = await this.#process.request(op, { pid });
    return answer.kind === "done" ? ok(undefined) : failed(targetProblem(pid, answer));
  }

  #take(event: BridgeEvent, bytes: Uint8Array): void {
    switch (event.event) {
      case "ready":
        return this.#ready.resolve(ok(undefined));
      case "failed":
        return this.#ready.resolve(fail("gateway-missing", { why: event.why }));
      case "message":
        return this.#message(event, bytes);
      case "detached":
        return this.#sessions.get(event.session)?.end(event.reason);
      case "output":
        return this.#output.get(event.pid)?.(event.fd, bytes);
      default:
        event satisfies never;
    }
  }

  #message(event: Extract<BridgeEvent, { event: "message" }>, bytes: Uint8Array): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, event.text).toString("utf8");
    this.#scripts.get(event.script)?.(text, event.extra ? bytes.subarray(event.text) : undefined);
  }

  #end(why: string): void {
    this.#ready.resolve(fail("gateway-missing", { why }));
    for (const session of this.#sessions.values()) session.end(this.#closing ? "application-requested" : "device-lost");
    this.#lost.resolve(this.#closing ? "closed" : why);
  }
}

/** Starts the bridge and waits until Frida is loaded in it, and the other machine has answered. */
export async function openBridge(python: string, device?: RemoteDevice): Promise<Result<BridgeGateway>> {
  const gateway = new BridgeGateway(python);
  const ready = await gateway.ready();
  const used = ready.ok && device ? await gateway.use(device) : ready;
  if (used.ok) return ok(gateway);
  await gateway.close();
  return used;
}
