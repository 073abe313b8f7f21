// Requests in, frames to bridge.py out, and its replies matched again; its events go to whoever opened it. It alone knows the
// Python process. Next: bridge.ts.
import { type ChildProcess, spawn } from "node:child_process";
import type { Milliseconds } from "../../shared/units.ts";
import type { Answer } from "./answer.ts";
import { type BridgeEvent, type BridgeReply, parseSaid } from "./bridge-protocol.ts";
import { encodeFrame, FrameReader } from "./framing.ts";
import { limits, within } from "./limits.ts";
import { bridgeProgram } from "./places.ts";

type Fields = Readonly<Record<string, unknown>>;
/** As much of its last words as fit into an error message. */
const lastWords = 600;

export class BridgeProcess {
  readonly #child: ChildProcess;
  readonly #frames = new FrameReader();
  readonly #pending = new Map<number, (answer: Answer) => void>();
  readonly #lost = Promise.withResolvers<string>();
  readonly #onEvent: (event: BridgeEvent, bytes: Uint8Array) => void;
  #lastNumber = 0;
  #stderr = "";
  #why: string | undefined;

  constructor(python: string, onEvent: (event: BridgeEvent, bytes: Uint8Array) => void) {
    this.#onEvent = onEvent;
    this.#child = spawn(python, ["-u", bridgeProgram], { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.on("error", (error) => this.#end(error.message));
    this.#child.on("close", (code, signal) => this.#end(signal ? `killed by ${signal}` : `exit code ${code}`));
    this.#child.stdin?.on("error", () => undefined);
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-lastWords);
    });
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  /** Settles when the process is gone, with why. */
  get lost(): Promise<string> {
    return this.#lost.promise;
  }
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** For a request, or for a script before Python knows it. */
  newNumber(): number {
    return ++this.#lastNumber;
  }

  async request(op: string, fields: Fields, limit: Milliseconds = limits.other, bytes?: Uint8Array): Promise<Answer> {
    if (this.#why !== undefined) return { kind: "lost", why: this.#why };
    const id = this.newNumber();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#pending.set(id, resolve);
    this.#write({ id, op, ...fields }, bytes);
    const answer = await within<Answer>(limit, promise, () => ({ kind: "late", limit }));
    this.#pending.delete(id);
    return answer;
  }

  /** Without an answer; in the order of the calls. */
  tell(op: string, fields: Fields, bytes?: Uint8Array): void {
    if (this.#why === undefined) this.#write({ op, ...fields }, bytes);
  }

  /** The end of its stdin asks it to detach everything and go. */
  async close(): Promise<void> {
    this.#child.stdin?.end();
    const late = () => {
      this.#child.kill("SIGKILL");
      return "killed: it did not end by itself";
    };
    await within(limits.other, this.lost, late);
  }

  #write(message: Fields, bytes?: Uint8Array): void {
    this.#child.stdin?.write(encodeFrame(JSON.stringify(message), bytes));
  }

  #read(chunk: Buffer): void {
    if (this.#why !== undefined) return;
    try {
      for (const frame of this.#frames.push(chunk)) this.#take(parseSaid(frame.json), frame.bytes);
    } catch (error) {
      this.#end(`it does not speak our protocol (${error instanceof Error ? error.message : error})`);
      this.#child.kill("SIGTERM");
    }
  }

  #take(said: BridgeReply | BridgeEvent, bytes: Uint8Array): void {
    if ("event" in said) return this.#onEvent(said, bytes);
    const answer: Answer =
      "error" in said ? { kind: "error", error: said.error } : { kind: "done", value: said.result };
    this.#pending.get(said.id)?.(answer);
  }

  #end(how: string): void {
    if (this.#why !== undefined) return;
    const words = this.#stderr.trim().split("\n").at(-1);
    const why = words ? `${how}: ${words}` : how;
    this.#why = why;
    for (const settle of this.#pending.values()) settle({ kind: "lost", why });
    this.#pending.clear();
    this.#lost.resolve(why);
  }
}
