// The states of recordings in, what a scraper gets out; without the token, with another, or by another host: nothing.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { openMetrics } from "./metrics.ts";
import { createScrapeKey } from "./scrape.ts";
import { request, sendRaw } from "./testing/raw-http.ts";
import { type StandingDoor, standDoor } from "./testing/standing-door.ts";

const token = "t".repeat(40);
const state = (more: Partial<RecordingState>): RecordingState => ({
  ...{ path: '/r/a"b\\\n.refscope', phase: "recording", target: null, seconds: 1.5, bytes: 4096, rate: 1 },
  ...{ produced: { allocations: 12, frees: 7 }, stored: { allocations: 12, frees: 7 }, dropped: { allocations: 0 } },
  ...{ roomSeconds: null, rssBytes: null, trimmed: false, heardSeconds: null, steps: [], ended: null },
  ...more,
});

let door: StandingDoor;
beforeAll(async () => {
  const key = createScrapeKey(token);
  if (!key.ok) throw new Error(key.failure.cause);
  door = await standDoor({ key: key.value, text: async () => openMetrics([state({}), state({ phase: "closed" })]) });
});
afterAll(() => door.close());

const ask = (more: readonly string[], host = `127.0.0.1:${door.port}`, method = "GET") =>
  sendRaw(door.port, request([`${method} /metrics HTTP/1.1`, `Host: ${host}`, "Connection: close", ...more]));
const bearer = `Authorization: Bearer ${token}`;

test("with the token: counters of what runs, and the end that OpenMetrics asks for", async () => {
  const { status, head, body } = await ask([bearer]);
  expect(status).toBe(200);
  expect(head).toMatch(/content-type: application\/openmetrics-text; version=1\.0\.0; charset=utf-8/i);
  expect(body).toContain(
    'refscope_events_produced_total{recording="a\\"b\\\\\\\\x0a.refscope",kind="allocations"} 12\n',
  );
  expect(body.match(/refscope_recording_seconds\{/g)).toHaveLength(1);
  expect(body.endsWith("# EOF\n")).toBe(true);
});

test("refused: no token, another, two, another scheme, another host, a page of another origin, a POST", async () => {
  const answers = await Promise.all([
    ask([]),
    ask([`${bearer}x`]),
    ask([bearer, bearer]),
    ask([`Authorization: Basic ${token}`]),
    ask([bearer], "evil.example"),
    ask([bearer, "Origin: http://evil.example"]),
    ask([bearer, `Origin: http://127.0.0.1:${door.port}`, "Content-Length: 0"], undefined, "POST"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 400, 401, 421, 403, 405]);
  expect(answers.filter(({ body }) => body.includes("refscope_"))).toEqual([]);
});

test("without --metrics there is nothing at that path", async () => {
  const bare = await standDoor();
  const lines = ["GET /metrics HTTP/1.1", `Host: 127.0.0.1:${bare.port}`, "Connection: close", bearer];
  expect((await sendRaw(bare.port, request(lines))).status).toBe(404);
  await bare.close();
});

test("a token that can be guessed is refused", () => {
  expect(createScrapeKey("short")).toMatchObject({ failure: { code: "usage" } });
  expect(createScrapeKey(`${"a".repeat(40)} b`)).toMatchObject({ failure: { code: "usage" } });
  const [one, two] = [createScrapeKey(undefined), createScrapeKey(undefined)];
  expect(one.ok && two.ok && one.value.token !== two.value.token).toBe(true);
});
