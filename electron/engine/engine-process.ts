// How the engine's process is started: under Electron's Node where that is new enough, else under one of its own. Next: local-engine.ts.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { MessagePortMain, UtilityProcess, utilityProcess } from "electron";
import type { ToHost } from "../host/protocol.ts";

export interface EngineProcess {
  send(message: ToHost, port?: MessagePortMain): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
  /** Whether a port can be sent along. */
  readonly takesPorts: boolean;
}

/** The engine's own floor; type names and the C core do not mind, SQLite and `node:` modules do. */
const oldestNode = 24;
export const isNewEnough = (node: string): boolean => Number(node.split(".")[0]) >= oldestNode;

export function startUtility(
  utility: Pick<typeof utilityProcess, "fork">,
  folder: string,
  env: NodeJS.ProcessEnv,
): EngineProcess {
  const child: UtilityProcess = utility.fork(join(folder, "utility.js"), [], { env, serviceName: "Refscope engine" });
  return {
    takesPorts: true,
    send: (message, port) => child.postMessage(message, port ? [port] : []),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", listener),
    kill: () => void child.kill(),
  };
}

export function startChild(node: string, folder: string, env: NodeJS.ProcessEnv): EngineProcess {
  const child: ChildProcess = spawn(node, [join(folder, "child.js")], {
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return {
    takesPorts: false,
    send: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => {
      child.once("exit", listener);
      child.once("error", listener);
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
