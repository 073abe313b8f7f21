// An Authorization header in, whether a scraper may read the metrics out; keeps the token's digest only. Used by door.ts.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { fail, ok, type Result } from "../../shared/failures.ts";

const tokenBytes = 32;
const shortestToken = 32;

export interface ScrapeKey {
  readonly token: string;
  admits(authorization: string | undefined): boolean;
}

/** `given`: a token that the scraper's configuration already has; without it a fresh one. */
export function createScrapeKey(given: string | undefined): Result<ScrapeKey> {
  if (given !== undefined && !/^[\w.~+/=-]+$/.test(given))
    return fail("usage", { what: "REFSCOPE_METRICS_TOKEN has characters that no bearer token has" });
  if (given !== undefined && given.length < shortestToken)
    return fail("usage", { what: `REFSCOPE_METRICS_TOKEN is shorter than ${shortestToken} characters` });
  const token = given ?? randomBytes(tokenBytes).toString("base64url");
  const digest = digestOf(token);
  return ok({
    token,
    admits: (authorization) => {
      const [, offered] = /^Bearer ([^\s]+)$/.exec(authorization ?? "") ?? [];
      return offered !== undefined && timingSafeEqual(digest, digestOf(offered));
    },
  });
}

const digestOf = (secret: string) => createHash("sha256").update(secret).digest();
