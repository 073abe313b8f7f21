// A recording in, the browser interface showing it out. Next: serve/serve.ts.
import { resolve } from "node:path";
import * as v from "valibot";
import { serveUntilStopped } from "../serving.ts";
import { defineVerb, wholeFrom } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const options = v.object({ port: v.optional(wholeFrom(0, 65535)), host: v.optional(v.string()) });

export const verb = defineVerb(options, (terminal, [file], given) =>
  withEngine(async (engine) => {
    const recording = resolve(file ?? "");
    // What cannot be read is said here, not by an empty page.
    const readable = await engine.call("recording.types", { path: recording, limit: 1 });
    return readable.ok ? serveUntilStopped(engine, terminal, { ...given, recording, open: true }) : readable;
  }),
);
