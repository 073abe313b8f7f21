// In: requests that a hostile page, a rebound name or another user could send. Out: each refused, nothing reached the engine,
// and the one-time token still works afterwards.
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cookieName } from "./cookie.ts";
import { request, sendRaw } from "./testing/raw-http.ts";
import { type StandingDoor, standDoor } from "./testing/standing-door.ts";

let door: StandingDoor;
let token: string;
let cookie: string;
beforeAll(async () => {
  door = await standDoor();
  cookie = await signIn(door.issue());
  token = door.issue();
});
afterAll(() => door.close());

const own = () => `127.0.0.1:${door.port}`;
const json = (value: unknown) => JSON.stringify(value);

async function signIn(with_: string): Promise<string> {
  const answer = await sendRaw(door.port, exchangeOf(with_));
  return /Set-Cookie: ([^;]+)/i.exec(answer.head)?.[1] ?? "";
}
function exchangeOf(given: string, more: readonly string[] = [], origin = `Origin: http://${own()}`): string {
  const body = json({ token: given });
  const lines = [
    "POST /session HTTP/1.1",
    `Host: ${own()}`,
    origin,
    "Content-Type: application/json",
    "Connection: close",
  ];
  return request([...lines, ...more, `Content-Length: ${body.length}`], body);
}
const get = (path: string, host = `Host: ${own()}`, more: readonly string[] = []) =>
  request([`GET ${path} HTTP/1.1`, host, "Connection: close", ...more].filter((line) => line !== ""));
const socketLines = [
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
];
/** With a good cookie, so that nothing but the thing under test is wrong. */
const upgrade = (more: readonly string[], path = "/rpc", host = `Host: ${own()}`) =>
  request([`GET ${path} HTTP/1.1`, host, ...socketLines, `Cookie: ${cookie}`, ...more]);
/** Somebody went here from the page of another port; with what is different. */
const followed = (other: Readonly<Record<string, string>>, path = "/") => {
  const fetched = { Site: "same-site", Mode: "navigate", Dest: "document", User: "?1", ...other };
  const lines = Object.entries(fetched).map(([name, value]) => `Sec-Fetch-${name}: ${value}`);
  return get(path, `Host: ${own()}`, lines);
};
const goodOrigin = () => `Origin: http://${own()}`;

/** Name of the attempt, its bytes, the statuses that refuse it (0: closed without an answer). */
type Attempt = readonly [string, () => string, readonly number[]];
const host = (name: string, line: () => string): Attempt => [`host: ${name}`, () => get("/", line()), [421, 400]];

const hosts: readonly Attempt[] = [
  host("another name", () => "Host: evil.example"),
  host("another name with our port", () => `Host: evil.example:${door.port}`),
  host("ours without the port", () => "Host: 127.0.0.1"),
  host("another port", () => `Host: 127.0.0.1:${door.port + 1}`),
  host("trailing dot", () => `Host: localhost.:${door.port}`),
  host("decimal address", () => `Host: 2130706433:${door.port}`),
  host("hexadecimal address", () => `Host: 0x7f000001:${door.port}`),
  host("short address", () => `Host: 127.1:${door.port}`),
  host("any address", () => `Host: 0.0.0.0:${door.port}`),
  host("upper case", () => `Host: LOCALHOST:${door.port}`),
  host("zone in the address", () => `Host: [::1%25lo]:${door.port}`),
  host("mapped address", () => `Host: [::ffff:127.0.0.1]:${door.port}`),
  host("userinfo", () => `Host: 127.0.0.1:${door.port}@evil.example`),
  host("none", () => ""),
  host("empty", () => "Host:"),
  host("twice", () => `Host: ${own()}\r\nHost: evil.example`),
  host("twice the same", () => `Host: ${own()}\r\nHost: ${own()}`),
  ["host: HTTP/1.0 without one", () => "GET / HTTP/1.0\r\n\r\n", [421, 400]],
];
const targets: readonly Attempt[] = [
  ["target: absolute URI", () => get("http://evil.example/"), [400]],
  ["target: absolute URI of ours", () => get(`http://${own()}/`), [400]],
  ["target: two slashes", () => get("//evil.example/"), [400]],
  ["target: dots", () => get("/../../etc/passwd"), [404, 400]],
  ["target: encoded dots", () => get("/%2e%2e/%2e%2e/etc/passwd"), [400]],
  ["target: encoded slash", () => get("/..%2f..%2fetc/passwd"), [400]],
  ["target: backslash", () => get("/..\\..\\etc\\passwd"), [400]],
  ["target: zero byte", () => get("/index.html%00.js"), [400]],
  ["target: asterisk", () => request(["OPTIONS * HTTP/1.1", `Host: ${own()}`, "Connection: close"]), [400, 405]],
  ["target: CONNECT", () => request(["CONNECT evil.example:443 HTTP/1.1", `Host: ${own()}`]), [0, 400, 405]],
];
const methods: readonly Attempt[] = [
  [
    "method: DELETE",
    () => request(["DELETE /session HTTP/1.1", `Host: ${own()}`, goodOrigin(), "Connection: close"]),
    [405],
  ],
  [
    "method: preflight",
    () =>
      request([
        "OPTIONS /session HTTP/1.1",
        `Host: ${own()}`,
        "Origin: http://evil.example",
        "Access-Control-Request-Method: POST",
        "Connection: close",
      ]),
    [405, 403],
  ],
  ["method: override", () => exchangeOf(token, ["X-HTTP-Method-Override: GET"]), [400]],
];
const origins: readonly Attempt[] = [
  ["origin: none on a POST", () => exchangeOf(token, [], "Accept: */*"), [403]],
  ["origin: null", () => exchangeOf(token, [], "Origin: null"), [403]],
  ["origin: foreign", () => exchangeOf(token, [], "Origin: http://evil.example"), [403]],
  ["origin: another port", () => exchangeOf(token, [], `Origin: http://127.0.0.1:${door.port + 1}`), [403]],
  ["origin: https", () => exchangeOf(token, [], `Origin: https://${own()}`), [403]],
  [
    "origin: another name of ours than the host",
    () => exchangeOf(token, [], `Origin: http://localhost:${door.port}`),
    [403],
  ],
  ["origin: twice", () => exchangeOf(token, ["Origin: http://evil.example"]), [400]],
  ["origin: foreign on a GET", () => get("/", `Host: ${own()}`, ["Origin: http://evil.example"]), [403]],
  [
    "fetch site: cross-site",
    () => get("/", `Host: ${own()}`, ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: iframe"]),
    [403],
  ],
  ["fetch site: same-site, another port", () => exchangeOf(token, ["Sec-Fetch-Site: same-site"]), [403]],
  ["fetch site: another port, followed", () => followed({}), [403]],
  ["fetch site: another port, in a frame", () => followed({ Dest: "iframe" }), [403]],
  ["fetch site: another port, by its script", () => followed({ User: "?0" }), [403]],
  ["fetch site: another port, fetched", () => followed({ Mode: "no-cors" }), [403]],
  ["fetch site: another port, another path", () => followed({}, "/session"), [403]],
  ["fetch site: another site, followed", () => followed({ Site: "cross-site" }), [403]],
];
const bodies: readonly Attempt[] = [
  ["body: text/plain", () => exchangeOf(token).replace("application/json", "text/plain"), [415]],
  ["body: a form", () => exchangeOf(token).replace("application/json", "application/x-www-form-urlencoded"), [415]],
  ["body: said to be large", () => exchangeOf(token).replace(/Content-Length: \d+/, "Content-Length: 9999999"), [413]],
  ["body: two lengths", () => exchangeOf(token, ["Content-Length: 3"]), [400]],
  ["body: length and chunks", () => exchangeOf(token, ["Transfer-Encoding: chunked"]), [400]],
  [
    "body: chunks",
    () =>
      request(
        [
          "POST /session HTTP/1.1",
          `Host: ${own()}`,
          goodOrigin(),
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
        ],
        "0\r\n\r\n",
      ),
    [400],
  ],
  [
    "body: more than a token",
    () => {
      const body = json({ token, admin: true });
      return request(
        [
          "POST /session HTTP/1.1",
          `Host: ${own()}`,
          goodOrigin(),
          "Content-Type: application/json",
          `Content-Length: ${body.length}`,
          "Connection: close",
        ],
        body,
      );
    },
    [403],
  ],
  ["head: too large", () => get("/", `Host: ${own()}`, [`X-Fill: ${"a".repeat(20_000)}`]), [431, 0]],
  ["head: folded line", () => `GET / HTTP/1.1\r\nHost: ${own()}\r\n evil.example\r\n\r\n`, [400, 421]],
  ["head: bare line feed in a value", () => `GET / HTTP/1.1\r\nHost: ${own()}\nX: y\r\n\r\n`, [400, 421]],
];
const sockets: readonly Attempt[] = [
  ["socket: no origin", () => upgrade([]), [403]],
  ["socket: null origin", () => upgrade(["Origin: null"]), [403]],
  ["socket: foreign origin", () => upgrade(["Origin: http://evil.example"]), [403]],
  [
    "socket: rebound host, origin to match",
    () => upgrade([`Origin: http://evil.example:${door.port}`], "/rpc", `Host: evil.example:${door.port}`),
    [421],
  ],
  ["socket: another path", () => upgrade([goodOrigin()], "/"), [404]],
  ["socket: no cookie", () => upgrade([goodOrigin()]).replace(/Cookie: .*\r\n/, ""), [401]],
  [
    "socket: made-up cookie",
    () => upgrade([goodOrigin()]).replace(/Cookie: .*\r\n/, `Cookie: ${cookieName(door.port)}=${"A".repeat(43)}\r\n`),
    [401],
  ],
  ["socket: two cookies", () => upgrade([goodOrigin()]).replace(/Cookie: (.*)\r\n/, "Cookie: $1; $1\r\n"), [401]],
  ["socket: by POST", () => upgrade([goodOrigin()]).replace("GET", "POST"), [405]],
  ["socket: h2c", () => upgrade([goodOrigin()]).replace("Upgrade: websocket", "Upgrade: h2c"), [400]],
];
const attempts = [...hosts, ...targets, ...methods, ...origins, ...bodies, ...sockets];

test(`${attempts.length} hostile requests are refused`, async () => {
  const accepted: string[] = [];
  for (const [name, text, refusals] of attempts) {
    const answer = await sendRaw(door.port, text());
    if (!refusals.includes(answer.status)) accepted.push(`${name}: ${answer.status}`);
    if (/Set-Cookie|Access-Control-/i.test(answer.head)) accepted.push(`${name}: got a cookie or a CORS header`);
  }
  expect(accepted).toEqual([]);
  expect(attempts.length).toBeGreaterThanOrEqual(40);
});

/** What a client that was let in may not send; each ends the connection. */
const frames: readonly (readonly [string, readonly number[]])[] = [
  ["not masked", [0x81, 0x02, 0x7b, 0x7d]],
  ["bits that mean nothing", [0xf1, 0x80, 0, 0, 0, 0]],
  ["an opcode that is none", [0x83, 0x80, 0, 0, 0, 0]],
  ["bytes, not text", [0x82, 0x82, 0, 0, 0, 0, 0x7b, 0x7d]],
  ["text that is no UTF-8", [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]],
  ["a ping in pieces", [0x09, 0x80, 0, 0, 0, 0]],
  ["a ping longer than one may be", [0x89, 0xfe, 0, 126, 0, 0, 0, 0]],
  ["the end of a message that did not begin", [0x80, 0x80, 0, 0, 0, 0]],
  ["more than a message may be", [0x81, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]],
  ["more than there is memory", [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]],
];

const closeFrame = [0x88, 0x80, 0, 0, 0, 0];

test.each(frames)("a socket that was let in sends %s: it is closed", async (_, bytes) => {
  const socket = connect(door.port, "127.0.0.1");
  // Cut off without a word is as good.
  socket.on("error", () => {});
  const closed = new Promise((done) => socket.once("close", done));
  socket.write(upgrade([goodOrigin()]));
  const [head] = await once(socket, "data");
  expect(String(head)).toMatch(/^HTTP\/1\.1 101 /);
  socket.on("data", (answer) => answer[0] === closeFrame[0] && socket.write(Uint8Array.from(closeFrame)));
  socket.write(Uint8Array.from(bytes));
  await closed;
  expect(door.calls).toEqual([]);
});

test("none of them changed anything: no call reached the engine, the token was not burnt, the cookie still holds", async () => {
  expect(door.calls).toEqual([]);
  expect((await sendRaw(door.port, upgrade([goodOrigin()]))).status).toBe(101);
  expect(await signIn(token)).toMatch(/^refscope-\d+=[\w-]{43}$/);
});
