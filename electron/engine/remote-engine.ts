// A link of `refscope serve` in, the engine behind it out: the token is exchanged for a cookie as a browser does it, and the page's
// port gets a WebSocket. The page itself speaks to nobody. Next: the browser door at the other end.
import { request } from "node:http";
import type { MessagePortMain } from "electron";
import WebSocket from "ws";
import type { DesktopAnswer } from "../../shared/desktop-contract.ts";
import { ok, type Result } from "../../shared/failures.ts";
import type { EngineLink } from "./engine-link.ts";
import { notAccepted, signedOut, unreachable } from "./refusals.ts";
import { keepOffered } from "./remote-file.ts";
import type { RemoteLink } from "./remote-link.ts";

const messageAtMost = 256 * 1024 * 1024;
const answersWithinMs = 10_000;

export async function connectRemote(link: RemoteLink): Promise<Result<EngineLink>> {
  const cookie = await redeem(link);
  return cookie.ok ? ok(remoteEngine(link.origin, cookie.value)) : cookie;
}

function redeem({ origin, token }: RemoteLink): Promise<Result<string>> {
  const body = JSON.stringify({ token });
  const headers = { Origin: origin, "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  return new Promise((done) => {
    const asking = request(`${origin}/session`, { method: "POST", headers, timeout: answersWithinMs }, (answer) => {
      answer.resume();
      const [cookie] = answer.headers["set-cookie"]?.[0]?.split(";") ?? [];
      if (answer.statusCode === 204 && cookie) return done(ok(cookie));
      done(notAccepted(origin));
    });
    asking.on("timeout", () => asking.destroy());
    asking.on("error", () => done(unreachable(origin)));
    asking.end(body);
  });
}

function remoteEngine(origin: string, cookie: string): EngineLink {
  let present: WebSocket | undefined;
  return {
    url: origin,
    alive: () => true,
    serve(port, lost) {
      present?.terminate();
      present = new WebSocket(`${origin.replace(/^http/, "ws")}/rpc`, {
        headers: { Cookie: cookie },
        origin,
        maxPayload: messageAtMost,
        perMessageDeflate: false,
        handshakeTimeout: answersWithinMs,
      });
      return opened(present, origin, port, lost);
    },
    open: () => Promise.resolve(notHere),
    export: () => Promise.resolve(notHere),
    keepOffered: (ticket, out) => keepOffered({ origin, cookie, ticket }, out),
    async close() {
      present?.terminate();
    },
  };
}

/** A page is told that it is connected when it is: until then it waits longer from try to try. */
function opened(socket: WebSocket, origin: string, port: MessagePortMain, lost: () => void): Promise<Result<void>> {
  return new Promise((done) => {
    socket.on("unexpected-response", (asking, answer) => {
      done(answer.statusCode === 401 ? signedOut(origin) : unreachable(origin));
      asking.destroy();
    });
    // A `close` follows, here and later.
    socket.on("error", () => done(unreachable(origin)));
    socket.on("close", () => done(unreachable(origin)));
    socket.on("open", () => {
      socket.on("close", lost);
      pipe(socket, port);
      done(ok(undefined));
    });
  });
}

function pipe(socket: WebSocket, port: MessagePortMain): void {
  port.on("message", ({ data }) => {
    if (typeof data === "string") socket.send(data, () => {});
  });
  port.on("close", () => socket.close());
  socket.on("message", (data, binary) => {
    if (!binary) port.postMessage(String(data));
  });
  port.start();
}

const notHere: DesktopAnswer<never> = {
  ok: false,
  problem: {
    code: "usage",
    cause: "this recording is on another machine",
    fix: "Run `refscope export` there; or choose Share, keep a copy on this machine, and open it.",
  },
};
