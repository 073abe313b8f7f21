// Started as a child under a Node of its own, where Electron's is older than the engine's. Pages come as numbered texts. Next: serve-host.ts.
import { createEngine } from "../../engine/engine.ts";
import { serveHost } from "./serve-host.ts";

const engine = createEngine();
const leave = () => process.exit(0);
serveHost(
  engine,
  {
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on("message", (message) => listener(message, undefined)),
  },
  leave,
);
// The window's process is gone: what records is stopped, and nothing is left behind.
process.on("disconnect", () => void engine.close().finally(leave));
