// Where the gateway finds Python with the frida wheel. Next: bridge.ts, open-gateway.ts.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bridgePath } from "../built.ts";

const root = new URL("../../", import.meta.url);

/** What that Python runs; a process that runs it is a part of Refscope. */
export const bridgeProgram = bridgePath;

/** Its .venv, as setup makes it; REFSCOPE_BRIDGE_PYTHON names another Python that has the wheel. */
export function bridgePython(): string | undefined {
  const named = process.env["REFSCOPE_BRIDGE_PYTHON"];
  if (named) return named;
  const inside = process.platform === "win32" ? ".venv/Scripts/python.exe" : ".venv/bin/python";
  const path = fileURLToPath(new URL(inside, root));
  return existsSync(path) ? path : undefined;
}
