// An upgrade that passed the gate in, a served RPC channel out. Next: engine/rpc answers it.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type Callee, serveRpc } from "../../engine/rpc/rpc.ts";

const socketsAtMost = 8;
const messageAtMost = 1024 * 1024;
/** A reader that lets this much pile up is cut off; it reconnects and asks for the present. */
const unsentAtMost = 16 * 1024 * 1024;
const pingEveryMs = 20_000;
const policyViolation = 1008;

export interface Sockets {
  readonly full: () => boolean;
  admit(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createSockets(callee: Callee): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: messageAtMost, perMessageDeflate: false });
  return {
    full: () => server.clients.size >= socketsAtMost,
    admit: (request, socket, head) => server.handleUpgrade(request, socket, head, (ws) => attend(ws, callee)),
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function attend(ws: WebSocket, callee: Callee): void {
  keepAlive(ws);
  // ws closes the connection by itself after a broken frame; without a listener the error would end the process.
  ws.on("error", () => ws.terminate());
  serveRpc(callee, {
    send: (text) => {
      if (ws.readyState !== ws.OPEN) return;
      if (ws.bufferedAmount > unsentAtMost) ws.terminate();
      else ws.send(text);
    },
    onMessage: (listener) =>
      ws.on("message", (data, binary) => {
        if (binary) ws.close(policyViolation);
        else listener(String(data));
      }),
  });
}

/** A peer that does not answer one ping by the next is gone. */
function keepAlive(ws: WebSocket): void {
  let answered = true;
  ws.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return ws.terminate();
    answered = false;
    ws.ping();
  }, pingEveryMs);
  ws.on("close", () => clearInterval(timer));
}
