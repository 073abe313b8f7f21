// Why an engine cannot be used. Next: remote-engine.ts, restarts.ts, engine-keeper.ts answer with them.
import { fail } from "../../shared/failures.ts";

const advised = (what: string, advice: string) => fail("not-found", { what, advice });

export const noLink = () =>
  advised(
    "link of `refscope serve` in this text",
    "Copy the whole link that it prints, http://127.0.0.1:…; another machine is reached through `ssh -L PORT:127.0.0.1:PORT`.",
  );
export const notAccepted = (url: string) =>
  advised(
    `engine at ${url} that accepts this link`,
    "A link works once: press Enter where `refscope serve` runs, and use the new one.",
  );
export const unreachable = (url: string) =>
  advised(
    `engine at ${url}`,
    "Look whether `refscope serve` runs there and, through `ssh -L`, whether the tunnel is up.",
  );
/** It was started anew, and knows the links of its new start alone. */
export const signedOut = (url: string) =>
  advised(
    `engine at ${url} that knows this window`,
    "It was started anew. Press Enter where `refscope serve` runs, copy its new link, then File › Connect to Copied Link.",
  );
export const endsAtOnce = (times: number, why: string) =>
  advised(
    `engine that keeps running: it ended ${times} times right after its start (${why})`,
    "Try again when the cause is gone, or connect to an engine that `refscope serve` started.",
  );
export const endedAtStart = (why: string) =>
  advised(`engine: its process ended at its start (${why})`, "It is started again by itself.");
