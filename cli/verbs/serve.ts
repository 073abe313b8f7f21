// Nothing in, the browser interface on loopback until Ctrl-C out. Next: serve/serve.ts.
import * as v from "valibot";
import { serveUntilStopped } from "../serving.ts";
import { defineVerb, flag, wholeFrom } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const options = v.object({
  port: v.optional(wholeFrom(0, 65535)),
  host: v.optional(v.string()),
  open: flag,
  metrics: flag,
});

export const verb = defineVerb(options, (terminal, _, given) =>
  withEngine((engine) => serveUntilStopped(engine, terminal, given)),
);
