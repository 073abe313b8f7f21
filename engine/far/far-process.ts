// Our agent in a process of another machine in, what that machine is and files as the process sees them out. Everything it says is
// parsed here. Next: machine.ts, copy.ts.
import * as v from "valibot";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { type FarSurroundings, farCalls, farPiece, farPieceBytes, farSurroundings } from "../../shared/far-protocol.ts";
import { milliseconds, type Pid } from "../../shared/units.ts";
import type { GatewayScript } from "../gateway/gateway.ts";

/** A megabyte over a slow line. */
const pieceLimit = milliseconds(30_000);

export class FarProcess {
  readonly pid: Pid;
  readonly #script: GatewayScript;

  constructor(pid: Pid, script: GatewayScript) {
    this.pid = pid;
    this.#script = script;
  }

  async surroundings(): Promise<Result<FarSurroundings>> {
    const answer = await this.#script.call(farCalls.surroundings, [], undefined, pieceLimit);
    if (!answer.ok) return answer;
    const parsed = v.safeParse(farSurroundings, answer.value.value);
    return parsed.success ? ok(parsed.output) : this.unread("what the agent says of it is not understood");
  }

  /** `undefined`: there is no such file, or it may not be read, or it is larger than that. */
  async file(path: string, mostBytes: number): Promise<Result<Buffer | undefined>> {
    const pieces: Uint8Array[] = [];
    for (let offset = 0; ; ) {
      const answer = await this.#script.call(farCalls.piece, [path, offset], undefined, pieceLimit);
      if (!answer.ok) return answer;
      const parsed = v.safeParse(farPiece, answer.value.value);
      if (!parsed.success) return this.unread("a piece of a file is not understood");
      const bytes = answer.value.bytes ?? new Uint8Array();
      offset += bytes.length;
      if (!parsed.output.readable || offset > mostBytes || bytes.length > farPieceBytes) return ok(undefined);
      pieces.push(bytes);
      if (bytes.length < farPieceBytes) return ok(Buffer.concat(pieces));
    }
  }

  unread(why: string): Result<never> {
    return fail("device-unread", { pid: this.pid, why });
  }
}
