// A recording in; whether it is what its recorder sealed, as text or JSON and as exit code, out. Next: the user, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import type { Verification } from "../../shared/evidence-documents.ts";
import { exitCodes, ok } from "../../shared/failures.ts";
import { bytesText } from "../text/units.ts";
import { defineVerb, flag } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

/** Nobody sealed it: neither good nor bad. */
const codes = {
  verified: exitCodes.fine,
  unverified: exitCodes.noVerdict,
  damaged: exitCodes.badRecording,
} as const satisfies Record<Verification["outcome"], number>;
const colors = { verified: "green", unverified: "yellow", damaged: "red" } as const;

export const verb = defineVerb(v.object({ json: flag }), (terminal, [file], options) =>
  withEngine(async (engine) => {
    const talk = (done: number, of: number) => terminal.progress(`${bytesText(done)} of ${bytesText(of)}`);
    const verified = await engine.work({ kind: "verify", path: resolve(file ?? "") }, talk);
    if (!verified.ok) return verified;
    const { outcome, sealed, chunks, bytes, why } = verified.value;
    if (options.json) terminal.document(verified.value);
    else {
      const by = sealed === null ? "" : ` by its ${sealed}`;
      const looked = terminal.style("dim", `${bytesText(bytes)}, ${chunks} chunks`);
      terminal.result(`${terminal.style(colors[outcome], outcome)}${outcome === "verified" ? by : ""}  ${looked}`);
      for (const sentence of why) terminal.result(`  ${sentence}`);
    }
    return ok(codes[outcome]);
  }),
);
