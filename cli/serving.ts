// An engine in, served to browsers until a signal or the end of the server; the exit code out. Next: serve/serve.ts.
import type { Engine } from "../engine/engine.ts";
import { ok } from "../shared/failures.ts";
import { Interrupts } from "./interrupts.ts";
import type { Terminal } from "./terminal.ts";
import type { Ended } from "./verb.ts";

export interface ServingOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly open?: boolean;
  readonly recording?: string;
  readonly metrics?: boolean;
}

/** Ctrl-C is how a server is meant to end: exit code 0. */
export async function serveUntilStopped(engine: Engine, terminal: Terminal, options: ServingOptions): Promise<Ended> {
  const { serve } = await import("./serve/serve.ts");
  const { createScrapeKey } = await import("./serve/scrape.ts");
  const interrupts = new Interrupts();
  const { port, host, metrics, ...rest } = options;
  const key = metrics ? createScrapeKey(process.env["REFSCOPE_METRICS_TOKEN"]) : undefined;
  if (key && !key.ok) return key;
  const chosen = {
    ...rest,
    ...(key ? { metrics: key.value } : {}),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  };
  const downloads = (ticket: string) => engine.offered(ticket);
  const serving = await serve(engine.guarded, { ...chosen, downloads, quiet: terminal.options.quiet }, (line) =>
    terminal.talk(line),
  );
  if (!serving.ok) return serving;
  if (key) terminal.talk(metricsLine(serving.value.url, key.value.token));
  // On a terminal the talk has shown it already; a pipe gets it as the result.
  if (!terminal.interactive) terminal.result(serving.value.url);
  const code = await Promise.race([interrupts.first, serving.value.closed.then(() => 0 as const)]);
  interrupts.release();
  await serving.value.close();
  return ok(code === 130 ? 0 : code);
}

/** A token that was given is not said again. */
const metricsLine = (url: string, token: string): string => {
  const secret = process.env["REFSCOPE_METRICS_TOKEN"] === undefined ? token : "REFSCOPE_METRICS_TOKEN";
  return `Metrics: ${new URL("/metrics", url).href} with the bearer token ${secret}`;
};
