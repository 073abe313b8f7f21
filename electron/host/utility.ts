// Started by Electron as a utility process: the engine under Electron's own Node. Pages come as ports. Next: serve-host.ts.
import type { MessagePortMain } from "electron";
import { createEngine } from "../../engine/engine.ts";
import type { TextChannel } from "../../engine/rpc/rpc.ts";
import { serveHost } from "./serve-host.ts";

const { parentPort } = process;

const channelOf = (port: MessagePortMain): TextChannel => ({
  send: (text) => port.postMessage(text),
  onMessage(listener) {
    port.on("message", ({ data }) => {
      if (typeof data === "string") listener(data);
    });
    port.start();
  },
});

serveHost(
  createEngine(),
  {
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) =>
      parentPort.on("message", ({ data, ports }) => listener(data, ports[0] && channelOf(ports[0]))),
  },
  () => process.exit(0),
);
