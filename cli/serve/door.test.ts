// In: requests of a browser that holds the link. Out: what the door gives it, and what it no longer gives after that.
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type StandingDoor, standDoor } from "./testing/standing-door.ts";

let door: StandingDoor;
let origin: string;
beforeEach(async () => {
  door = await standDoor();
  origin = `http://127.0.0.1:${door.port}`;
});
afterEach(() => door.close());

const redeem = (token: string) =>
  fetch(`${origin}/session`, {
    method: "POST",
    headers: { Origin: origin, "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";
const connect = (cookie: string) => new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, { origin, headers: { cookie } });

test("a page comes with every header that guards it", async () => {
  const { headers, status } = await fetch(`${origin}/`);
  expect(status).toBe(200);
  expect(headers.get("content-security-policy")).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
  expect(headers.get("content-security-policy")).not.toContain("unsafe");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
});

test("a token works once, its cookie is out of script's reach, and a fresh token voids the one before", async () => {
  const first = door.issue();
  const answer = await redeem(first);
  expect(answer.status).toBe(204);
  expect(answer.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect((await redeem(first)).status).toBe(403);
  const second = door.issue();
  const third = door.issue();
  expect((await redeem(second)).status).toBe(403);
  expect((await redeem(third)).status).toBe(204);
});

test("after ten bad tries in a minute even the right token waits", async () => {
  const token = door.issue();
  for (let tries = 0; tries < 10; tries++) expect((await redeem("A".repeat(43))).status).toBe(403);
  expect((await redeem(token)).status).toBe(429);
});

test("the session says whether it is there", async () => {
  expect((await fetch(`${origin}/session`)).status).toBe(401);
  const cookie = cookieOf(await redeem(door.issue()));
  expect((await fetch(`${origin}/session`, { headers: { cookie } })).status).toBe(204);
});

test("a socket with the cookie speaks the contract; a ninth is refused; one that sends too much is cut off", async () => {
  const cookie = cookieOf(await redeem(door.issue()));
  const sockets = Array.from({ length: 8 }, () => connect(cookie));
  await Promise.all(sockets.map((socket) => new Promise((done) => socket.once("open", done))));
  const [first, second] = sockets;
  const answer = new Promise((done) => first?.once("message", (data) => done(JSON.parse(String(data)))));
  first?.send(JSON.stringify({ id: 1, method: "recording.stop", params: { path: "x" } }));
  expect(await answer).toMatchObject({ id: 1, ok: false, error: { code: "no-recording" } });
  expect(door.calls).toEqual(["recording.stop"]);

  const ninth = connect(cookie);
  expect(await new Promise((done) => ninth.once("error", (error) => done(error.message)))).toContain("503");
  const closed = new Promise((done) => second?.once("close", done));
  second?.send("x".repeat(1024 * 1024 + 1));
  expect(await closed).toBe(1009);
});
