// POST /session with a one-time token in, a session's cookie out. Next: keys.ts.
import type { IncomingMessage } from "node:http";
import * as v from "valibot";
import { cookieFor } from "./cookie.ts";
import type { Keys } from "./keys.ts";

const bodyAtMost = 1024;
const body = v.strictObject({ token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)) });

export interface Exchanged {
  readonly status: number;
  readonly cookie?: string;
}

/** `application/json` cannot be sent from another origin's form. */
export async function exchange(request: IncomingMessage, keys: Keys, port: number): Promise<Exchanged> {
  if (request.headers["content-type"] !== "application/json") return { status: 415 };
  const text = await readBody(request);
  if (text === undefined) return { status: 413 };
  const parsed = v.safeParse(body, parseJson(text));
  // What is no token counts as a bad try as well.
  const redeemed = keys.redeem(parsed.success ? parsed.output.token : "");
  if (redeemed.kind === "session") return { status: 204, cookie: cookieFor(port, redeemed.secret) };
  return { status: redeemed.kind === "too-many" ? 429 : 403 };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > bodyAtMost) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > bodyAtMost) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
