// A ticket of a remote engine in, the file that it is for on this machine out: written beside its place first, so that it is whole or not there.
// Used by remote-engine.ts.
import { createWriteStream, existsSync, renameSync, unlinkSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { pipeline } from "node:stream";
import { promisify } from "node:util";
import type { DesktopAnswer } from "../../shared/desktop-contract.ts";
import { fine, usage } from "../words.ts";

export interface OfferedThere {
  readonly origin: string;
  readonly cookie: string;
  readonly ticket: string;
}

const idleMs = 30_000;
const ownerOnly = 0o600;

export async function keepOffered(offered: OfferedThere, out: string): Promise<DesktopAnswer<null>> {
  const part = `${out}.part`;
  try {
    const answer = await asked(offered);
    if (answer.statusCode !== 200) {
      answer.resume();
      return notGiven(`it answers ${answer.statusCode}`);
    }
    await promisify(pipeline)(answer, createWriteStream(part, { mode: ownerOnly }));
    renameSync(part, out);
    return fine(null);
  } catch (error) {
    if (existsSync(part)) unlinkSync(part);
    return notGiven(error instanceof Error ? error.message : String(error));
  }
}

/** A connection that ends too early ends the answer with an error. */
function asked({ origin, cookie, ticket }: OfferedThere): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    const asking = request(`${origin}/download/${ticket}`, { headers: { Cookie: cookie }, timeout: idleMs }, done);
    asking.on("timeout", () => asking.destroy(new Error("it takes too long")));
    asking.on("error", failed);
    asking.end();
  });
}

const notGiven = (why: string) =>
  usage(`the recording did not come whole: ${why}`, "Ask once more; an offer is good for a minute.");
