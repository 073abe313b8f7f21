// Requests of the loopback server in, pages, cookies and sockets out. Nothing is looked at before gate.ts said "enter". Next: sockets.ts.
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Pages } from "../../engine/rpc/pages.ts";
import { pageHeaders } from "../../shared/page-headers.ts";
import { secretIn } from "./cookie.ts";
import { type Downloads, download } from "./download.ts";
import { exchange } from "./exchange.ts";
import { judge, type Verdict } from "./gate.ts";
import type { Keys } from "./keys.ts";
import { metricsType } from "./metrics.ts";
import type { ScrapeKey } from "./scrape.ts";
import type { Sockets } from "./sockets.ts";

export interface Door {
  readonly pages: Pages;
  readonly keys: Keys;
  readonly sockets: Sockets;
  /** Undefined: there are no metrics here. */
  readonly metrics?: { readonly key: ScrapeKey; text(): Promise<string> } | undefined;
  /** Undefined: nothing can be taken from here. */
  readonly downloads?: Downloads | undefined;
}

const headAtMost = 16 * 1024;
const slowestRequestMs = 10_000;
const connectionsAtMost = 64;
const socketPath = "/rpc";
const sessionPath = "/session";
const metricsPath = "/metrics";
const downloadPath = "/download/";

export function createDoor(door: Door): Server {
  const options = { maxHeaderSize: headAtMost, headersTimeout: slowestRequestMs, requestTimeout: slowestRequestMs };
  const server = createServer(options);
  server.maxConnections = connectionsAtMost;
  server.on("request", (request, response) => {
    void respond(door, request, response).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => upgrade(door, request, socket, head));
  return server;
}

async function respond(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const verdict = verdictOn(request, false);
  if (verdict.kind === "refused") return end(response, verdict.status, `${verdict.why}\n`);
  const port = portOf(request);
  if (request.url === sessionPath) {
    if (request.method === "GET") return end(response, isSignedIn(door, request) ? 204 : 401);
    const { status, cookie } = await exchange(request, door.keys, port);
    if (cookie) response.setHeader("Set-Cookie", cookie);
    return end(response, status);
  }
  if (door.metrics && request.url === metricsPath) return scrape(door.metrics, request, response);
  if (door.downloads && request.method === "GET" && request.url?.startsWith(downloadPath)) {
    if (!isSignedIn(door, request)) return end(response, 401);
    const given = await download(door.downloads, request.url.slice(downloadPath.length), response);
    return given ? undefined : end(response, 404, "this can be taken once; ask for it again\n");
  }
  const page = request.method === "GET" ? door.pages.get(request.url ?? "") : undefined;
  if (!page) return end(response, 404, "there is no such page\n");
  response.writeHead(200, { ...pageHeaders, "Content-Type": page.type, "Content-Length": page.bytes.length });
  response.end(page.bytes);
}

/** A cookie does not open this: a scraper has none, and a page has no business here. */
async function scrape(
  metrics: NonNullable<Door["metrics"]>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET") return end(response, 405);
  if (!metrics.key.admits(request.headers.authorization)) {
    response.setHeader("WWW-Authenticate", "Bearer");
    return end(response, 401);
  }
  const bytes = Buffer.from(await metrics.text());
  response.writeHead(200, { ...pageHeaders, "Content-Type": metricsType, "Content-Length": bytes.length });
  response.end(bytes);
}

function upgrade(door: Door, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on("error", () => socket.destroy());
  const status = refusedUpgrade(door, request);
  if (status === undefined) door.sockets.admit(request, socket, head);
  else refuseUpgrade(socket, status);
}

/** Written by hand: an upgrade has no ServerResponse. */
function refuseUpgrade(socket: Duplex, status: number): void {
  const headers = Object.entries(pageHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join("")}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function refusedUpgrade(door: Door, request: IncomingMessage): number | undefined {
  const verdict = verdictOn(request, true);
  if (verdict.kind === "refused") return verdict.status;
  if (request.url !== socketPath) return 404;
  if (request.headers.upgrade?.toLowerCase() !== "websocket") return 400;
  if (!isSignedIn(door, request)) return 401;
  if (door.sockets.full()) return 503;
}

function verdictOn(request: IncomingMessage, upgrade: boolean): Verdict {
  const { method = "", url = "", rawHeaders } = request;
  return judge({ method, target: url, rawHeaders, upgrade }, portOf(request));
}

/** A refusal also ends the connection: what may follow on it belongs to the same stranger. */
function end(response: ServerResponse, status: number, text = ""): void {
  const closing = status >= 400 ? { Connection: "close" } : {};
  response.writeHead(status, { ...pageHeaders, ...closing, "Content-Type": "text/plain; charset=utf-8" });
  response.end(status === 204 ? undefined : text);
}

const isSignedIn = (door: Door, request: IncomingMessage) =>
  door.keys.holds(secretIn(request.headers.cookie, portOf(request)));

/** The port that was connected to, which is the one listened on. */
const portOf = (request: IncomingMessage): number => request.socket.localPort ?? 0;

/** Undefined when the server does not listen on a port. */
export function listeningPort(server: Server): number | undefined {
  const address: AddressInfo | string | null = server.address();
  return address !== null && typeof address === "object" ? address.port : undefined;
}
