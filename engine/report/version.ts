// Nothing in, the version of this checkout out (package.json). Used by sarif.ts, cli/program.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

const manifest = v.object({ version: v.string() });

export const version = (): string =>
  v.parse(manifest, JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"))).version;
