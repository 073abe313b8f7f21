// The gateway through npm's frida, in this process: nothing to start, nothing in between. The package is loaded only when it
// is asked for, because its binary is not everywhere. Next: engine/session.
import type { Device } from "frida";
import { fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import { type Pid, pid as toPid } from "../../shared/units.ts";
import { otherProblem, targetProblem } from "./answer.ts";
import { AttachedSession } from "./attached.ts";
import { ask, bindingSessionPort } from "./binding-session-port.ts";
import { deviceProblem, keepaliveSeconds, type RemoteDevice } from "./device.ts";
import { asFridaError, spawnFailure } from "./frida-errors.ts";
import type { Gateway, GatewaySession, ProcessName, SpawnOptions } from "./gateway.ts";
import { limits } from "./limits.ts";

type Frida = typeof import("frida");

export class BindingGateway implements Gateway {
  readonly kind = "binding";
  readonly #frida: Frida;
  readonly #device: Device;
  readonly #sessions = new Set<AttachedSession>();
  readonly #output = new Map<number, NonNullable<SpawnOptions["onOutput"]>>();
  readonly #suspended = new Set<Pid>();
  readonly #lost = Promise.withResolvers<string>();
  readonly #remote: boolean;

  constructor(frida: Frida, device: Device, remote = false) {
    this.#frida = frida;
    this.#remote = remote;
    this.#device = device;
    device.output.connect((pid, fd, data) => {
      if (fd === 1 || fd === 2) this.#output.get(pid)?.(fd, data);
    });
  }

  get lost(): Promise<string> {
    return this.#lost.promise;
  }

  async enumerate(): Promise<Result<readonly ProcessName[]>> {
    const answer = await ask(limits.other, () => this.#device.enumerateProcesses());
    if (answer.kind === "done") return ok(answer.value.map(({ pid, name }) => ({ pid: toPid(pid), name })));
    return {
      ok: false,
      failure: otherProblem(answer, (why) => failure("bug", { what: `no list of processes: ${why}` })),
    };
  }

  async attach(pid: Pid): Promise<Result<GatewaySession>> {
    // As QUIET in bridge.py, and for its reason.
    const { HandlerOnly } = this.#frida.Exceptor;
    const attaching = this.#device.attach(pid, {
      exitMonitor: false,
      exceptor: HandlerOnly,
      threadSuspendMonitor: false,
      // As REMOTE there.
      ...(this.#remote ? { persistTimeout: 2 } : {}),
    });
    const answer = await ask(limits.attach, () => attaching);
    if (answer.kind === "late") attaching.then((session) => session.detach()).catch(() => undefined);
    if (answer.kind !== "done") return failed(targetProblem(pid, answer));
    const session = new AttachedSession(pid, bindingSessionPort(answer.value), this.#remote);
    this.#sessions.add(session);
    void session.detached.then(() => this.#sessions.delete(session));
    answer.value.detached.connect((reason) => session.end(reason));
    if (answer.value.isDetached()) session.end("connection-terminated");
    return ok(session);
  }

  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<Result<Pid>> {
    const { cwd, env, onOutput } = options;
    const more = {
      stdio: this.#frida.Stdio.Pipe,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env ? { env: { ...env } } : {}),
    };
    const answer = await ask(limits.other, () => this.#device.spawn([...argv], more));
    const program = argv[0] ?? "";
    if (answer.kind !== "done") return failed(otherProblem(answer, (why) => spawnFailure(program, why)));
    const pid = toPid(answer.value);
    this.#suspended.add(pid);
    if (onOutput) this.#output.set(pid, onOutput);
    return ok(pid);
  }

  resume(pid: Pid): Promise<Result<void>> {
    return this.#plain(pid, () => this.#device.resume(pid));
  }
  kill(pid: Pid): Promise<Result<void>> {
    return this.#plain(pid, () => this.#device.kill(pid));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#suspended].map((pid) => this.kill(pid)));
    await Promise.all([...this.#sessions].map((session) => session.detach()));
    this.#lost.resolve("closed");
  }

  async #plain(pid: Pid, action: () => Promise<void>): Promise<Result<void>> {
    this.#suspended.delete(pid);
    const answer = await ask(limits.other, action);
    return answer.kind === "done" ? ok(undefined) : failed(targetProblem(pid, answer));
  }
}

export async function openBinding(device?: RemoteDevice): Promise<Result<BindingGateway>> {
  try {
    const frida = await import("frida");
    if (device) return await openRemote(frida, device);
    return ok(new BindingGateway(frida, await frida.getLocalDevice()));
  } catch (thrown) {
    const why = asFridaError(thrown).message.split("\n")[0] ?? "";
    return fail("gateway-missing", { why: `npm's frida does not load here (${why})` });
  }
}

/** Adding a device asks nothing of it yet; the list of processes does. */
async function openRemote(frida: Frida, { address, ...words }: RemoteDevice): Promise<Result<BindingGateway>> {
  const answer = await ask(limits.other, async () => {
    const options = { ...words, keepaliveInterval: keepaliveSeconds };
    const device = await frida.getDeviceManager().addRemoteDevice(address, options);
    await device.enumerateProcesses();
    return device;
  });
  if (answer.kind !== "done") return failed(deviceProblem(address, answer));
  return ok(new BindingGateway(frida, answer.value, true));
}
