// Calls in, Frida's "frida:rpc" messages out, and their answers matched again: the one place that knows this protocol of
// Frida's script runtime. Next: script.ts puts it over a script of the bridge or of the binding.
import { type Failure, fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { Milliseconds, Pid } from "../../shared/units.ts";
import type { CallReply } from "./gateway.ts";
import { limits, within } from "./limits.ts";

const tag = "frida:rpc";
type Settle = (result: Result<CallReply>) => void;

export class RpcChannel {
  readonly #pid: Pid;
  readonly #post: (message: unknown, bytes?: Uint8Array) => void;
  readonly #pending = new Map<number, Settle>();
  #lastId = 0;
  #closed: Failure | undefined;

  constructor(pid: Pid, post: (message: unknown, bytes?: Uint8Array) => void) {
    this.#pid = pid;
    this.#post = post;
  }

  async call(
    method: string,
    args: readonly unknown[],
    bytes?: Uint8Array,
    limit: Milliseconds = limits.call,
  ): Promise<Result<CallReply>> {
    if (this.#closed) return failed(this.#closed);
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Result<CallReply>>();
    this.#pending.set(id, resolve);
    this.#post([tag, id, "call", method, args], bytes);
    const silent = () => fail("agent-silent", { pid: this.#pid, call: method, seconds: limit / 1000 });
    const result = await within<Result<CallReply>>(limit, promise, silent);
    this.#pending.delete(id);
    return result;
  }

  /** True when the payload was an answer of this protocol, asked for or not. */
  accept(payload: unknown, bytes: Uint8Array | undefined): boolean {
    if (!Array.isArray(payload) || payload[0] !== tag) return false;
    const [, id, outcome, ...values]: readonly unknown[] = payload;
    const settle = typeof id === "number" ? this.#pending.get(id) : undefined;
    settle?.(outcome === "ok" ? answered(values, bytes) : this.#failed(values));
    return true;
  }

  /** Every call that waits, and every later one, fails with this. */
  close(why: Failure): void {
    this.#closed ??= why;
    for (const settle of this.#pending.values()) settle(failed(this.#closed));
    this.#pending.clear();
  }

  /** Frida sends message, name and stack; the stack begins with the first two, unless it is no Error that was thrown. */
  #failed([message, name, stack]: readonly unknown[]): Result<CallReply> {
    const head = typeof name === "string" ? `${name}: ${message}` : String(message);
    const trace = typeof stack === "string" ? stack.trimEnd() : "";
    const what = trace.startsWith(head) ? trace : `${head}\n${trace}`.trimEnd();
    return failed(failure("agent-error", { pid: this.#pid, what }));
  }
}

/** Beside bytes the value comes second: the first place is kept for those who return bytes alone. */
function answered(values: readonly unknown[], bytes: Uint8Array | undefined): Result<CallReply> {
  return ok(bytes === undefined ? { value: values[0] } : { value: values[1], bytes });
}
