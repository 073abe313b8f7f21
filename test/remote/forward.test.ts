// In: `refscope serve` behind a forwarded port, as `ssh -L PORT:127.0.0.1:PORT` makes one. Out: a browser's way through it works, the
// desktop's too (the same link, the same cookie, the same WebSocket); another port than its own is refused.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { connect, createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startCli } from "../cli/run-cli.ts";

/** Where the forwarded port stands: as if it were 127.0.0.1 of another machine. */
const near = "127.0.0.2";
let serve: ChildProcess | undefined;
let forward: Server | undefined;
afterEach(() => {
  serve?.kill("SIGTERM");
  forward?.close();
});

async function startForwarded(): Promise<{ readonly port: number; readonly token: string }> {
  serve = startCli(["serve"]);
  for await (const line of createInterface({ input: serve.stdout ?? process.stdin })) {
    const [, port, token] = /http:\/\/127\.0\.0\.1:(\d+)\/#(?:\w+=)?([\w-]+)/.exec(line) ?? [];
    if (port === undefined || token === undefined) continue;
    await listen(Number(port));
    return { port: Number(port), token };
  }
  throw new Error("serve ended without a link");
}

async function listen(port: number): Promise<void> {
  forward = createServer((socket) => {
    const there = connect(port, "127.0.0.1");
    for (const end of [socket, there]) end.on("error", () => end.destroy());
    socket.pipe(there).pipe(socket);
  });
  forward.listen(port, near);
  await once(forward, "listening");
}

async function redeem(port: number, token: string, host: string): Promise<{ status: number; cookie: string }> {
  const body = JSON.stringify({ token });
  const headers = { Host: host, Origin: `http://${host}`, "Content-Type": "application/json", Connection: "close" };
  const asking = request({ host: near, port, path: "/session", method: "POST", headers });
  asking.end(body);
  const [answer] = await once(asking, "response");
  answer.resume();
  return { status: answer.statusCode, cookie: answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "" };
}

test("the link works through a forwarded port of the same number", async () => {
  const { port, token } = await startForwarded();
  expect((await redeem(port, token, `127.0.0.1:${port + 1}`)).status).toBe(421);
  const host = `127.0.0.1:${port}`;
  const { status, cookie } = await redeem(port, token, host);
  expect(status).toBe(204);
  const headers = { Cookie: cookie, Host: host };
  const socket = new WebSocket(`ws://${near}:${port}/rpc`, { origin: `http://${host}`, headers });
  await once(socket, "open");
  socket.send(JSON.stringify({ id: 1, method: "processes.list", params: {} }));
  const [answer] = await once(socket, "message");
  expect(JSON.parse(String(answer))).toMatchObject({ id: 1 });
  socket.close();
});
