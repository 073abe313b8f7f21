// A one-time token in, a session's cookie out; keeps digests only. Next: door.ts asks before it lets a socket in.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Milliseconds, milliseconds } from "../../shared/units.ts";

const secretBytes = 32;
const badTriesAMinute = 10;
const minute = milliseconds(60_000);
const idleAtMost = milliseconds(12 * 3600_000);
const sessionsAtMost = 16;

export type Redeemed =
  | { readonly kind: "session"; readonly secret: string }
  | { readonly kind: "refused" }
  | { readonly kind: "too-many" };

export interface Keys {
  /** A fresh token; one printed before and not used is void from now on. */
  issue(): string;
  /** Burns the token when it is right. */
  redeem(token: string): Redeemed;
  /** Is this the secret of a session that is not idle for too long? */
  holds(secret: string | undefined): boolean;
}

interface Session {
  readonly digest: Buffer;
  usedAt: Milliseconds;
}

export function createKeys(now: () => Milliseconds = () => milliseconds(performance.now())): Keys {
  let token: Buffer | undefined;
  let sessions: Session[] = [];
  let badTries: Milliseconds[] = [];

  const admit = (): Redeemed => {
    token = undefined;
    const secret = freshSecret();
    sessions = [...sessions, { digest: digestOf(secret), usedAt: now() }].slice(-sessionsAtMost);
    return { kind: "session", secret };
  };
  return {
    issue() {
      const secret = freshSecret();
      token = digestOf(secret);
      return secret;
    },
    redeem(given) {
      badTries = badTries.filter((at) => now() - at < minute);
      if (badTries.length >= badTriesAMinute) return { kind: "too-many" };
      if (token && timingSafeEqual(token, digestOf(given))) return admit();
      badTries = [...badTries, now()];
      return { kind: "refused" };
    },
    holds(secret) {
      if (secret === undefined) return false;
      sessions = sessions.filter((session) => now() - session.usedAt < idleAtMost);
      const digest = digestOf(secret);
      const found = sessions.filter((session) => timingSafeEqual(session.digest, digest))[0];
      if (found) found.usedAt = now();
      return found !== undefined;
    },
  };
}

const freshSecret = () => randomBytes(secretBytes).toString("base64url");
/** Digests are of equal length, so that the comparison takes the same time for every guess. */
const digestOf = (secret: string) => createHash("sha256").update(secret).digest();
