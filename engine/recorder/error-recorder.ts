// What a batch says of the error indicator and of calls of the C API in, rows out; inside the batch's transaction. Used by
// recorder.ts; next: engine/store/error-writer.ts.
import type { RawBatch, RawCall, RawErrorDeltas, RawMessage } from "../../shared/records.ts";
import type { RecordingWriter } from "../store/writer.ts";
import { type Privacy, privatePath } from "./privacy.ts";

export interface ErrorDefinitions {
  readonly messages: readonly RawMessage[];
  readonly calls: readonly RawCall[];
}
interface Total {
  count: number;
  chained: number;
}

export class ErrorRecorder {
  readonly #totals = new Map<number, Total>();
  readonly #calls = new Map<number, number>();
  readonly #privacy: Privacy;

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
  }

  /** What comes from the target; first in its transaction, because it may be refused. */
  writeRaw(writer: RecordingWriter, batch: RawBatch, { messages, calls }: ErrorDefinitions, t: number): void {
    for (const key of batch.errorKeys) writer.errors.key(key);
    for (const call of calls) writer.errors.call({ ...call, module: privatePath(call.module, this.#privacy) });
    if (this.#privacy === "full") for (const message of messages) writer.errors.message(message);
    const { length } = batch.errors;
    if (length === 0) return;
    const errors = errorsIn(batch.errors);
    writer.errors.chunk({ t, records: length, errors, bytes: batch.errorBytes, crc: batch.errorCrc });
  }

  /** What the batch adds up to; last in its transaction, because it cannot be taken back here. */
  writeSums(writer: RecordingWriter, { errors, calls }: RawBatch): void {
    for (let row = 0; row < errors.length; row++) {
      const key = errors.key[row] ?? 0;
      const before = this.#totals.get(key) ?? { count: 0, chained: 0 };
      const count = before.count + (errors.count[row] ?? 0);
      const chained = before.chained + (errors.chained[row] ?? 0);
      this.#totals.set(key, { count, chained });
      writer.errors.total(key, count, chained);
    }
    for (const { id, calls: more } of calls) {
      const sum = (this.#calls.get(id) ?? 0) + more;
      this.#calls.set(id, sum);
      writer.errors.callTotal(id, sum);
    }
  }
}

export function errorsIn({ length, count }: RawErrorDeltas): number {
  let sum = 0;
  for (let row = 0; row < length; row++) sum += count[row] ?? 0;
  return sum;
}
