// Payloads and bytes from the target in, batches stored. Nothing the target says is trusted: what does not parse is left out,
// counted and said in the recording. Next: engine/recorder.
import * as v from "valibot";
import { type AgentMessage, agentMessage } from "../../shared/agent-protocol.ts";
import type { Failure } from "../../shared/failures.ts";
import type { RawBatch } from "../../shared/records.ts";
import { nanoseconds } from "../../shared/units.ts";
import { decodeBatch } from "../../shared/wire.ts";
import type { ScriptEvents } from "../gateway/gateway.ts";
import type { Definitions } from "../recorder/definitions.ts";
import type { Recorder } from "../recorder/recorder.ts";
import { auditOf } from "./audit-inbox.ts";

export interface InboxEvents {
  stored(batch: RawBatch, definitions: Definitions): void;
  failed(why: Failure): void;
  /** The agent took everything out. */
  disarmed(reason: Extract<AgentMessage, { kind: "disarmed" }>["reason"]): void;
}
interface Letter {
  readonly payload: unknown;
  readonly bytes: Uint8Array | undefined;
}

/** Batches between arming and opening the recorder; an agent that waits for acknowledgements sends no more. */
const mostWaiting = 64;
/** What an agent may complain about in one recording, and at what length. */
const mostComplaints = 5;
const longestComplaint = 300;

export class Inbox implements ScriptEvents {
  readonly #last = Promise.withResolvers<void>();
  readonly #complaints = new Set<string>();
  #waiting: Letter[] = [];
  #open: { readonly recorder: Recorder; readonly events: InboxEvents } | undefined;
  #misunderstood = 0;

  /** Settles when the batch that says it is the last is stored. */
  get last(): Promise<void> {
    return this.#last.promise;
  }

  /** What came before is stored first. */
  open(recorder: Recorder, events: InboxEvents): void {
    this.#open = { recorder, events };
    for (const letter of this.#waiting.splice(0)) this.message(letter.payload, letter.bytes);
  }

  message(payload: unknown, bytes: Uint8Array | undefined): void {
    if (this.#open) return this.#take(this.#open.recorder, this.#open.events, payload, bytes);
    if (this.#waiting.length < mostWaiting) this.#waiting.push({ payload, bytes });
    else this.#misunderstood++;
  }

  error(text: string): void {
    if (this.#complaints.size < mostComplaints) this.#complaints.add(text.slice(0, longestComplaint));
  }

  /** Sentences for `recording.notObserved`. */
  remarks(): readonly string[] {
    const lost = this.#misunderstood;
    const complaints = [...this.#complaints].map((text) => `The agent complained: ${text}`);
    return lost === 0
      ? complaints
      : [`${lost} messages from the target were not understood and left out.`, ...complaints];
  }

  #take(recorder: Recorder, events: InboxEvents, payload: unknown, bytes: Uint8Array | undefined): void {
    const parsed = v.safeParse(agentMessage, payload);
    if (!parsed.success) return void this.#misunderstood++;
    const message = parsed.output;
    switch (message.kind) {
      case "batch":
        return this.#batch(recorder, events, definitionsOf(message), bytes);
      case "disarmed":
        return events.disarmed(message.reason);
      case "notice":
        return recorder.note(message.text);
      default:
        message satisfies never;
    }
  }

  #batch(recorder: Recorder, events: InboxEvents, definitions: Definitions, bytes: Uint8Array | undefined): void {
    const batch = decoded(bytes);
    if (!batch) return void this.#misunderstood++;
    const stored = recorder.apply(batch, definitions);
    if (!stored.ok) return events.failed(stored.failure);
    events.stored(batch, definitions);
    if (batch.last) this.#last.resolve();
  }
}

function definitionsOf(message: Extract<AgentMessage, { kind: "batch" }>): Definitions {
  return {
    types: message.types,
    codes: message.codes.map((code) => ({ ...code, lineTable: Buffer.from(code.lineTable, "hex") })),
    modules: message.modules.map((module) => ({ ...module, base: BigInt(module.base) })),
    threads: message.threads.map(({ id, tid, name, kernelName }) => ({
      id,
      tid,
      name: name ?? undefined,
      kernelName: kernelName ?? undefined,
    })),
    samples: message.samples.map((sample) => ({
      ...sample,
      at: nanoseconds(sample.at),
      native: sample.native.map(BigInt),
    })),
    messages: message.messages,
    calls: message.calls,
    audit: message.audit && auditOf(message.audit),
    places: message.places.map((place) => ({ ...place, native: place.native.map(BigInt) })),
    sampled: message.sampled,
    watched: message.watched.map((object) => ({ ...object, address: BigInt(object.address) })),
  };
}

/** Bytes of a hostile process may be wrong in any way; a wrong batch is an answer here, not a fault. */
function decoded(bytes: Uint8Array | undefined): RawBatch | undefined {
  try {
    return bytes && decodeBatch(bytes);
  } catch {
    return undefined;
  }
}
