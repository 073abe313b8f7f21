// The engine's environment in, what is decided by it and not by a page out. Next: engine.ts.
import type { Settled } from "../shared/settled.ts";
import { symbolizers } from "./elf/source-lines.ts";
import { bridgePython } from "./gateway/places.ts";
import { findProgram } from "./preflight/host.ts";
import { procRoot } from "./preflight/proc.ts";
import type { Library } from "./session/library.ts";

export function settledBy(library: Library, env: NodeJS.ProcessEnv = process.env): readonly Settled[] {
  const row = (
    what: Settled["what"],
    value: string | null,
    variable: string,
    counts = env[variable] !== undefined,
  ) => ({
    ...{ what, value, variable },
    by: counts ? variable : null,
  });
  const binding = env["REFSCOPE_GATEWAY"] === "binding" || bridgePython() === undefined;
  return [
    row("recordings", library.folder, "XDG_DATA_HOME", env["XDG_DATA_HOME"]?.startsWith("/") === true),
    binding
      ? row("frida", "the npm binding", "REFSCOPE_GATEWAY")
      : row("frida", bridgePython() ?? null, "REFSCOPE_BRIDGE_PYTHON"),
    row("symbols", findProgram(symbolizers) ?? null, "PATH", false),
    row("processes", procRoot(), "REFSCOPE_PROC"),
  ];
}
