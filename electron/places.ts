// Where the application stands in, where its parts are and what the engine's process is told of it out. Next: start.ts.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface Places {
  readonly preload: string;
  readonly renderer: string;
  readonly host: string;
  /** Read from outside the archive: the C cores, the agent, the bridge to Frida and Frida. */
  readonly resources: string;
  /** The folder of Refscope's own documents, to be read without a network. */
  readonly docs: string;
}

export function placesOf(appPath: string, packaged: boolean, resourcesPath: string): Places {
  const resources = packaged ? resourcesPath : join(appPath, "..", "desktop-resources");
  return {
    preload: join(appPath, "electron", "preload.cjs"),
    renderer: join(appPath, "renderer"),
    host: join(appPath, "electron", "host"),
    resources,
    docs: join(resources, "docs"),
  };
}

/** Frida's package lies beside the application; any Python 3 of this machine runs it, unless the user names another that has its own. */
export function engineEnvironment(env: NodeJS.ProcessEnv, resources: string): NodeJS.ProcessEnv {
  const node = join(resources, "node", process.platform === "win32" ? "node.exe" : "node");
  const told = {
    ...env,
    REFSCOPE_RESOURCES: resources,
    ...(existsSync(node) ? { REFSCOPE_NODE: env["REFSCOPE_NODE"] ?? node } : {}),
  };
  const frida = join(resources, "frida");
  if (env["REFSCOPE_BRIDGE_PYTHON"] !== undefined || !existsSync(frida)) return told;
  const path = [frida, env["PYTHONPATH"]].filter((part) => part !== undefined && part !== "").join(delimiter);
  const python = process.platform === "win32" ? "python" : "python3";
  return { ...told, REFSCOPE_BRIDGE_PYTHON: python, PYTHONPATH: path };
}
