// How the engine's process is started: under Electron's Node where that is new enough, else under one of its own. Next: local-engine.ts.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { MessagePortMain, UtilityProcess, utilityProcess } from "electron";
import type { ToHost } from "../host/protocol.ts";
import { lastWords } from "./last-words.ts";

export interface EngineProcess {
  send(message: ToHost, port?: MessagePortMain): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (why: string) => void): void;
  kill(): void;
  /** Whether a port can be sent along. */
  readonly takesPorts: boolean;
}

/** The engine's own floor; type names and the C core do not mind, SQLite and `node:` modules do. */
const oldestNode = 24;
export const isNewEnough = (node: string): boolean => Number(node.split(".")[0]) >= oldestNode;

const passOn = (text: string) => void process.stderr.write(text);

export function startUtility(
  utility: Pick<typeof utilityProcess, "fork">,
  folder: string,
  env: NodeJS.ProcessEnv,
): EngineProcess {
  const child: UtilityProcess = utility.fork(join(folder, "utility.js"), [], {
    env,
    serviceName: "Refscope engine",
    stdio: ["ignore", "inherit", "pipe"],
  });
  const why = lastWords(child.stderr, passOn);
  return {
    takesPorts: true,
    send: (message, port) => child.postMessage(message, port ? [port] : []),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", (code) => listener(why(code))),
    kill: () => void child.kill(),
  };
}

export function startChild(node: string, folder: string, env: NodeJS.ProcessEnv): EngineProcess {
  const child: ChildProcess = spawn(node, [join(folder, "child.js")], {
    env,
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  const why = lastWords(child.stderr, passOn);
  return {
    takesPorts: false,
    // It may have ended since it was looked at: whoever waits is told by its end.
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => {
      child.once("close", (code, signal) => listener(why(code ?? signal)));
      child.once("error", ({ message }) => listener(message));
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
