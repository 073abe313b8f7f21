// Nothing in, where the parts lie that are made and not written out: in the checkout, or beside a packed application, whose archive only
// Electron can read. Next: gateway/places.ts, session/agent-files.ts, preflight/host.ts.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = resolve(import.meta.dirname, "..");
/** Set by the desktop application for its own engine. */
const resources = process.env["REFSCOPE_RESOURCES"];

export const agentBundlePath = resources ? join(resources, "agent.js") : join(checkout, ".build/agent.js");
export const corePath = join(resources ?? join(checkout, ".build"), `core/refscope-core-${process.arch}.so`);
export const bridgePath = resources
  ? join(resources, "bridge.py")
  : fileURLToPath(new URL("./gateway/bridge.py", import.meta.url));
/** Frida's Python package, where it lies beside the application. */
export const fridaBeside = resources && join(resources, "frida/frida/__init__.py");
