// An engine in, the browser door out: a loopback server and a link that works once. Next: door.ts.
import type { Server } from "node:http";
import { join, resolve } from "node:path";
import { loadPages } from "../../engine/rpc/pages.ts";
import type { Callee } from "../../engine/rpc/rpc.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { createDoor, listeningPort } from "./door.ts";
import type { Downloads } from "./download.ts";
import { createKeys } from "./keys.ts";
import { openMetrics } from "./metrics.ts";
import { onEnter } from "./on-enter.ts";
import { openBrowser } from "./open-browser.ts";
import type { ScrapeKey } from "./scrape.ts";
import { createSockets } from "./sockets.ts";

export interface ServeOptions {
  readonly port?: number;
  /** A loopback name; anything else is refused. */
  readonly host?: string;
  readonly open?: boolean;
  /** The link opens this recording. */
  readonly recording?: string;
  readonly quiet?: boolean;
  /** Also serves OpenMetrics to who has this key. */
  readonly metrics?: ScrapeKey;
  /** Also gives recordings to who has a ticket of the engine's. */
  readonly downloads?: Downloads;
}
export interface Serving {
  readonly url: string;
  readonly closed: Promise<void>;
  /** A fresh link; the one before it is void if it was not used. */
  freshUrl(): string;
  close(): Promise<void>;
}

const loopback = ["127.0.0.1", "::1", "localhost"];
const built = join(import.meta.dirname, "../../.build/renderer");

export async function serve(
  engine: Callee,
  options: ServeOptions,
  talk: (line: string) => void,
): Promise<Result<Serving>> {
  const host = options.host ?? "127.0.0.1";
  if (!loopback.includes(host)) return fail("usage", { what: `\`serve\` listens on loopback only, not on ${host}` });
  const pages = loadPages(built);
  if (!pages.ok) return pages;
  const keys = createKeys();
  const sockets = createSockets(engine);
  const metrics = options.metrics && { key: options.metrics, text: () => metricsOf(engine) };
  const server = createDoor({ pages: pages.value, keys, sockets, metrics, downloads: options.downloads });
  const listening = await listen(server, host, options.port ?? 0);
  if (!listening.ok) return listening;
  const freshUrl = () => linkTo(host, listening.value, keys.issue(), options.recording);
  const closing = closeable(server, sockets.close);
  const url = freshUrl();
  greet(url, freshUrl, options, talk, closing.closed);
  return ok({ url, freshUrl, ...closing });
}

async function metricsOf(engine: Callee): Promise<string> {
  const states = await engine.call("recording.states", {});
  return openMetrics(states.ok ? states.value : []);
}

function greet(
  url: string,
  freshUrl: () => string,
  options: ServeOptions,
  talk: (line: string) => void,
  closed: Promise<void>,
): void {
  if (options.open) openBrowser(url);
  if (options.quiet) return;
  talk(`Open ${url}`);
  const listens = onEnter(() => talk(`Open ${freshUrl()}`), closed);
  talk(
    listens ? "The link works once; press Enter for another, Ctrl-C to end." : "The link works once; Ctrl-C to end.",
  );
}

function listen(server: Server, host: string, port: number): Promise<Result<number>> {
  return new Promise((done) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") return done(fail("port-taken", { port }));
      done(fail("usage", { what: `cannot listen on ${host} port ${port}: ${error.code ?? error.message}` }));
    });
    server.listen(port, host, () => done(ok(listeningPort(server) ?? port)));
  });
}

/** The token stands in the fragment, which no browser sends and no server logs. */
function linkTo(host: string, port: number, token: string, recording: string | undefined): string {
  const to =
    recording === undefined ? "" : `&to=${encodeURIComponent(`/grows?path=${encodeURIComponent(resolve(recording))}`)}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}/#token=${token}${to}`;
}

function closeable(server: Server, closeSockets: () => void): { closed: Promise<void>; close(): Promise<void> } {
  const closed = new Promise<void>((done) => server.once("close", () => done()));
  const close = () => {
    closeSockets();
    server.close();
    server.closeAllConnections();
    return closed;
  };
  return { closed, close };
}
