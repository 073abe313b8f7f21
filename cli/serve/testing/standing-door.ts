// Nothing in, a door that stands on a free port with an engine that counts what reaches it out. For tests.

import type { Callee } from "../../../engine/rpc/rpc.ts";
import { fail } from "../../../shared/failures.ts";
import { createDoor, type Door, listeningPort } from "../door.ts";
import { createKeys } from "../keys.ts";
import { createSockets } from "../sockets.ts";

export interface StandingDoor {
  readonly port: number;
  readonly issue: () => string;
  readonly calls: readonly string[];
  close(): Promise<void>;
}

export async function standDoor(metrics?: Door["metrics"], downloads?: Door["downloads"]): Promise<StandingDoor> {
  const calls: string[] = [];
  const engine: Callee = {
    async call(name) {
      calls.push(name);
      return fail("no-recording", { path: "x" });
    },
  };
  const page = { type: "text/html; charset=utf-8", bytes: Buffer.from("<!doctype html>") };
  const keys = createKeys();
  const sockets = createSockets(engine);
  const server = createDoor({
    pages: new Map([
      ["/", page],
      ["/index.html", page],
    ]),
    keys,
    sockets,
    metrics,
    downloads,
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const close = () =>
    new Promise<void>((done) => {
      sockets.close();
      server.close(() => done());
      server.closeAllConnections();
    });
  return { port: listeningPort(server) ?? 0, issue: keys.issue, calls, close };
}
