// The machine whose processes are asked for: this one, or the one behind a device. There each process is looked at by our agent before
// it is judged, and its folder is put where /proc is read from (REFSCOPE_PROC). Next: engine.ts, session/recordings.ts.
import { readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok, type Result } from "../../shared/failures.ts";
import type { FarSurroundings } from "../../shared/far-protocol.ts";
import type { SeenProcess } from "../../shared/process-list.ts";
import type { ToldCheck } from "../../shared/remedy.ts";
import { type Pid, pid as toPid } from "../../shared/units.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { passed, refused } from "../preflight/preflight.ts";
import { attempt, ifRead } from "../preflight/proc.ts";
import { listProcesses, pythonName } from "../preflight/processes.ts";
import { copiedUsers } from "../preflight/users.ts";
import { readAgentFiles } from "../session/agent-files.ts";
import { takenBack } from "../session/inject.ts";
import { release } from "../session/release.ts";
import { copyProcess } from "./copy.ts";
import { FarProcess } from "./far-process.ts";

export interface Machine {
  /** Everything that preflight reads of the process is in place afterwards. Gives sentences for what cannot be told of it. */
  look(pid: number): Promise<Result<readonly string[]>>;
  list(): Promise<Result<SeenProcess[]>>;
  /** What `doctor` says of the way there. */
  checks(): Promise<readonly ToldCheck[]>;
}

export const thisMachine: Machine = {
  look: async () => ok([]),
  list: async () => ok(listProcesses()),
  checks: async () => [],
};

type Open = () => Promise<Result<Gateway>>;
const mostUsers = 4 << 20;
const silent = { message: () => undefined, error: () => undefined };

export class FarMachine implements Machine {
  readonly #open: Open;
  readonly #address: string;
  readonly #folder: string;

  /** `folder` is what REFSCOPE_PROC names. */
  constructor(open: Open, address: string, folder: string) {
    this.#open = open;
    this.#address = address;
    this.#folder = folder;
  }

  async look(pid: number): Promise<Result<readonly string[]>> {
    const [gateway, files] = [await this.#open(), readAgentFiles()];
    if (!gateway.ok) return gateway;
    if (!files.ok) return files;
    const session = await gateway.value.attach(toPid(pid));
    if (!session.ok) return session;
    const script = await session.value.loadScript(files.value.source, silent);
    if (!script.ok) return await takenBack(session.value, undefined, script.failure);
    const looked = await this.#place(new FarProcess(toPid(pid), script.value));
    await release(session.value, script.value);
    return looked;
  }

  /** By name alone: nothing is entered to make a list. */
  async list(): Promise<Result<SeenProcess[]>> {
    const gateway = await this.#open();
    const found = gateway.ok ? await gateway.value.enumerate() : gateway;
    return found.ok ? ok(found.value.filter(({ name }) => pythonName.test(name)).map(rowOf)) : found;
  }

  async checks(): Promise<readonly ToldCheck[]> {
    const gateway = await this.#open();
    return [gateway.ok ? passed("device", `${this.#address} answers`) : refused("device", gateway.failure)];
  }

  async #place(far: FarProcess): Promise<Result<readonly string[]>> {
    const around = await far.surroundings();
    if (!around.ok) return around;
    const folder = join(this.#folder, String(far.pid));
    rmSync(folder, { recursive: true, force: true });
    if (isHere(far.pid, around.value)) {
      symlinkSync(join("/proc", String(far.pid)), folder);
      return ok([]);
    }
    const users = await far.file("/etc/passwd", mostUsers);
    if (users.ok && users.value) writeFileSync(join(this.#folder, copiedUsers), users.value);
    const left = await copyProcess(far, around.value, folder);
    return left.ok ? ok(sentences(left.value)) : left;
  }
}

/** The same boot, the same pids, and we may look: then /proc here says more than a copy. */
function isHere(pid: Pid, { boot, namespaces, pid: itsOwn }: FarSurroundings): boolean {
  const read = (path: string) => ifRead(attempt(() => readFileSync(path, "utf8")));
  const pids = ifRead(attempt(() => readlinkSync("/proc/self/ns/pid")));
  const same = boot !== "" && boot === read("/proc/sys/kernel/random/boot_id")?.trim();
  return (
    same && pids !== undefined && pids === namespaces.pid && itsOwn === pid && read(`/proc/${pid}/maps`) !== undefined
  );
}

const sentences = (left: readonly string[]): readonly string[] => [
  "The process runs on another machine: its files were copied when the recording began, so native functions of modules that it loads later have no names.",
  ...(left.length === 0 ? [] : [`Not copied, because it is too large or may not be read: ${left.join(", ")}.`]),
];

const rowOf = ({ pid, name }: { readonly pid: Pid; readonly name: string }): SeenProcess => ({
  pid,
  name,
  command: name,
  python: null,
  build: [],
  user: "",
  rssBytes: null,
  startedAt: null,
  parent: null,
  mine: null,
  attachable: null,
  reason: null,
});
