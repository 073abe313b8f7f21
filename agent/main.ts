// The engine's calls in, the agent's answers and batches out; when the script or the host goes, everything installed is taken out. Next: engine/session.
import type {
  AgentMessageInput,
  ArmReply,
  ArmRequest,
  Beat,
  DisarmReply,
  Inspection,
} from "../shared/agent-protocol.ts";
import { protocolVersion } from "../shared/agent-protocol.ts";
import type { HeapRequest } from "../shared/heap-protocol.ts";
import { coreAt } from "./core/core.ts";
import { residentCores } from "./core/resident.ts";
import type { HeapWalks } from "./heap.ts";
import { findInterpreter, inspectionOf } from "./interpreter.ts";
import { monotonic } from "./libc.ts";
import { type Recording, startRecording } from "./recording.ts";
import { piece, surroundings } from "./surroundings.ts";

/** An armed core that nobody drained for this long lost its agent: it may be taken over. */
const abandonedNs = 10e9;

const post = (message: AgentMessageInput, bytes?: ArrayBuffer): void => send(message, bytes ?? null);

function coreState(): Inspection["core"] {
  const cores = residentCores().map(({ door }) => coreAt(door));
  if (cores.some((core) => core.armed && monotonic() - core.drainedAt < abandonedNs)) return "armed";
  return cores.length > 0 ? "dormant" : "none";
}

function listenForBeats(recording: Recording): void {
  recv("beat", (message: Beat) => {
    recording.beat(message.acknowledged);
    listenForBeats(recording);
  });
}

class Agent {
  #recording: Recording | undefined;

  inspect(): Inspection {
    const found = findInterpreter();
    if (found === undefined) throw new Error("no _PyRuntime in this process");
    return inspectionOf(found, coreState(), protocolVersion);
  }

  arm(request: ArmRequest, core: ArrayBuffer): ArmReply {
    const interpreter = findInterpreter();
    if (interpreter === undefined || this.#recording !== undefined)
      throw new Error("arm: no interpreter, or armed already");
    if (coreState() === "armed") return { kind: "refused", code: "already-recorded", values: { pid: Process.id } };
    const armed = startRecording(interpreter, request, core, {
      batch: post,
      silent: () => post({ kind: "disarmed", reason: "silence" }),
    });
    if ("kind" in armed) return armed;
    this.#recording = armed;
    listenForBeats(armed);
    return armed.reply;
  }

  /** Of a recording that goes on. */
  get heap(): HeapWalks {
    if (this.#recording === undefined) throw new Error("heap: not armed");
    return this.#recording.heap;
  }

  disarm(): DisarmReply {
    if (this.#recording === undefined) throw new Error("disarm: not armed");
    return this.#recording.disarm();
  }

  /** Frida calls this when the script is unloaded, and when the host was lost. */
  dispose(): void {
    this.#recording?.disarm();
  }
}

const agent = new Agent();
rpc.exports = {
  inspect: () => agent.inspect(),
  arm: (request: ArmRequest, core: ArrayBuffer) => agent.arm(request, core),
  disarm: () => agent.disarm(),
  heapBegin: (request: HeapRequest) => agent.heap.begin(request),
  heapPart: () => agent.heap.part(),
  surroundings,
  piece,
  dispose: () => agent.dispose(),
};
