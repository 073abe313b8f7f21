// What the main process and the process of the engine say to each other. Next: serve-host.ts answers, engine/local-engine.ts asks.
import * as v from "valibot";
import { exportFormats } from "../../shared/export-formats.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const ask = v.variant("what", [
  /** The user chose this file: from now on a page may name it. */
  v.strictObject({ what: v.literal("open"), path: v.string() }),
  v.strictObject({
    what: v.literal("export"),
    path: v.string(),
    out: v.string(),
    format: v.picklist(exportFormats),
  }),
]);
export type Ask = v.InferOutput<typeof ask>;

/** `page` comes with a port where processes can send each other ports; elsewhere its texts follow one by one. */
export const toHost = v.variant("kind", [
  v.strictObject({ kind: v.literal("page"), page: whole }),
  v.strictObject({ kind: v.literal("text"), page: whole, text: v.string() }),
  v.strictObject({ kind: v.literal("ask"), id: whole, ask }),
  v.strictObject({ kind: v.literal("close") }),
]);
export type ToHost = v.InferOutput<typeof toHost>;

const problem = v.object({ code: v.string(), cause: v.string(), fix: v.string() });
export const fromHost = v.variant("kind", [
  /** Once: from now on it answers. */
  v.strictObject({ kind: v.literal("ready") }),
  v.strictObject({ kind: v.literal("text"), page: whole, text: v.string() }),
  v.strictObject({ kind: v.literal("done"), id: whole, problem: v.nullable(problem) }),
]);
export type FromHost = v.InferOutput<typeof fromHost>;
