// In: requests for a recording's bytes, with and without a ticket and a session. Out: the file, once, to who has both.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Downloads } from "./download.ts";
import { type StandingDoor, standDoor } from "./testing/standing-door.ts";

let folder: string;
let door: StandingDoor;
let tickets: Map<string, { path: string; name: string }>;
let cookie: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "refscope-download-"));
  tickets = new Map();
  const downloads: Downloads = (ticket) => {
    const offered = tickets.get(ticket);
    tickets.delete(ticket);
    return offered;
  };
  door = await standDoor(undefined, downloads);
  const origin = `http://127.0.0.1:${door.port}`;
  const headers = { Origin: origin, "Content-Type": "application/json" };
  const answer = await fetch(`${origin}/session`, {
    method: "POST",
    headers,
    body: JSON.stringify({ token: door.issue() }),
  });
  cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
});
afterEach(async () => {
  await door.close();
  rmSync(folder, { recursive: true, force: true });
});

function offer(name: string, text = "bytes of it"): string {
  const path = join(folder, "a.refscope");
  writeFileSync(path, text);
  tickets.set("ticket", { path, name });
  return path;
}
const get = (path: string, headers: Readonly<Record<string, string>> = { cookie }) =>
  fetch(`http://127.0.0.1:${door.port}${path}`, { headers });

test("who has a session and a ticket gets the file, once", async () => {
  offer("a b.refscope");
  const answer = await get("/download/ticket");
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("bytes of it");
  expect(answer.headers.get("content-disposition")).toBe(
    `attachment; filename="a_b.refscope"; filename*=UTF-8''a%20b.refscope`,
  );
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await get("/download/ticket")).status).toBe(404);
});

test("without the session the ticket is not even looked at", async () => {
  offer("a.refscope");
  expect((await get("/download/ticket", {})).status).toBe(401);
  expect((await get("/download/ticket", { cookie, "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
  expect((await get("/download/ticket")).status).toBe(200);
});

test("what is no ticket, a link and a path give nothing", async () => {
  const path = offer("a.refscope");
  const link = join(folder, "link.refscope");
  symlinkSync(path, link);
  tickets.set("link", { path: link, name: "link.refscope" });
  for (const ticket of ["link", "nothing", "", "../etc/passwd", "a/b"])
    expect((await get(`/download/${ticket}`)).status).toBe(404);
});

test("a name cannot end the header or begin another", async () => {
  offer('a"\r\nX-Evil: 1\u202E.refscope');
  const answer = await get("/download/ticket");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-evil")).toBeNull();
  expect(answer.headers.get("content-disposition")).toBe(
    `attachment; filename="a___X-Evil__1_.refscope"; filename*=UTF-8''a%22%0D%0AX-Evil%3A%201%E2%80%AE.refscope`,
  );
});

test("an empty file is an empty answer", async () => {
  offer("a.refscope", "");
  expect(await (await get("/download/ticket")).text()).toBe("");
});
