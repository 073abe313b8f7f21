// In: engines that end, at once or later, and engines elsewhere that end or forget us. Out: what the window is given, and the words for it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { ok } from "../../shared/failures.ts";
import { EngineKeeper } from "./engine-keeper.ts";
import type { EngineLink } from "./engine-link.ts";
import { Restarts } from "./restarts.ts";

interface Made extends EngineLink {
  readonly opened: string[];
  end(why: string): void;
}

/** Every engine that was started, in order. */
function starting() {
  const made: Made[] = [];
  const keeper = (restarts?: Restarts) =>
    new EngineKeeper((ended) => {
      let alive = true;
      const opened: string[] = [];
      const end = (why: string) => {
        if (!alive) return;
        alive = false;
        ended(why);
      };
      const fine = { ok: true, value: null } as const;
      const open = async (path: string) => {
        opened.push(path);
        return path.includes("damaged") ? { ok: false as const, problem: { code: "bad", cause: "", fix: "" } } : fine;
      };
      const link: Made = {
        url: null,
        opened,
        open,
        end,
        alive: () => alive,
        serve: async () => ok(undefined),
        export: async () => fine,
        keepOffered: async () => fine,
        close: async () => {},
      };
      made.push(link);
      return ok(link);
    }, restarts);
  return { made, keeper };
}

test("the next engine knows what the user opened, and nothing that was refused", async () => {
  const { made, keeper } = starting();
  const engines = keeper();
  await engines.open("/a.refscope");
  await engines.open("/damaged.refscope");
  made[0]?.end("killed");
  expect(engines.present().ok).toBe(true);
  expect(made).toHaveLength(2);
  expect(made[1]?.opened).toEqual(["/a.refscope"]);
});

test("an engine that ends at once is started five times, then told why, until somebody asks by hand", async () => {
  let now = 0;
  const { made, keeper } = starting();
  const engines = keeper(new Restarts(() => now));
  for (let times = 0; times < 50; times++) {
    engines.present();
    made.at(-1)?.end("exit 1: Error: no such module");
  }
  expect(made).toHaveLength(5);
  expect(engines.present()).toMatchObject({
    ok: false,
    failure: { cause: expect.stringMatching(/ended 5 times .*\(exit 1: Error: no such module\)/) },
  });
  await engines.comeHome();
  expect(engines.present().ok).toBe(true);
  expect(made).toHaveLength(6);
  // One that worked for a while is no such engine.
  for (let times = 0; times < 9; times++) {
    engines.present();
    now += 60_000;
    made.at(-1)?.end("killed");
  }
  expect(engines.present().ok).toBe(true);
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const ticket = "B".repeat(43);

/** The door of `refscope serve`, as far as a window knocks at it. */
async function door() {
  const state = { status: 101, dialled: 0 };
  const server = createServer((asked, answer) => {
    if (asked.method === "POST") return answer.writeHead(204, { "Set-Cookie": "own=1; HttpOnly" }).end();
    const offered = asked.headers.cookie === "own=1" && asked.url === `/download/${ticket}`;
    return offered ? answer.end("bytes of it") : answer.writeHead(404).end();
  });
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on("connection", (socket) => socket.on("message", (text) => socket.send(String(text))));
  server.on("upgrade", (asked, socket, head) => {
    state.dialled++;
    if (state.status === 101)
      return sockets.handleUpgrade(asked, socket, head, (one) => sockets.emit("connection", one));
    socket.end(`HTTP/1.1 ${state.status} No\r\nConnection: close\r\n\r\n`);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const drop = () => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return { origin, link: `${origin}/#token=${"A".repeat(43)}`, state, drop };
}

type Listener = (event: { data: unknown }) => void;
function port() {
  const got: unknown[] = [];
  let say: Listener = () => {};
  const own = {
    on: (name: string, listener: Listener) => {
      if (name === "message") say = listener;
    },
    start() {},
    postMessage: (text: unknown) => void got.push(text),
  };
  return { own: own as never, got, say: (data: unknown) => say({ data }) };
}

test("a remote engine is there when its socket is open, and says so when it is lost", async () => {
  const { made, keeper } = starting();
  const engines = keeper();
  const { origin, link, drop } = await door();
  expect(await engines.connect(link)).toEqual({ ok: true, value: origin });
  expect(engines.url).toBe(origin);
  const remote = engines.present();
  if (!remote.ok) throw new Error("no engine");
  const page = port();
  const lost = new Promise<string>((done) => {
    void remote.value.serve(page.own, () => done("lost")).then(() => page.say("hello"));
  });
  await expect.poll(() => page.got).toEqual(["hello"]);
  drop();
  expect(await lost).toBe("lost");
  expect(made).toEqual([]);
  expect(await engines.comeHome()).toBe(true);
  expect([engines.url, await engines.comeHome()]).toEqual([null, false]);
});

test("a remote engine that was started anew, or is gone, is told as such and not as one that starts by itself", async () => {
  const { keeper } = starting();
  const engines = keeper();
  const { origin, link, state } = await door();
  await engines.connect(link);
  const remote = engines.present();
  if (!remote.ok) throw new Error("no engine");
  state.status = 401;
  expect(await remote.value.serve(port().own, () => {})).toMatchObject({
    failure: { cause: `there is no engine at ${origin} that knows this window` },
  });
  servers[0]?.close();
  servers[0]?.closeAllConnections();
  expect(await remote.value.serve(port().own, () => {})).toMatchObject({
    failure: { cause: `there is no engine at ${origin}` },
  });
  expect(state.dialled).toBe(1);
});

test("what a remote engine offers is kept here, whole or not at all, and for the owner only", async () => {
  const folder = mkdtempSync(join(tmpdir(), "refscope-kept-here-"));
  const { keeper } = starting();
  const engines = keeper();
  const { link } = await door();
  await engines.connect(link);
  const remote = engines.present();
  if (!remote.ok) throw new Error("no engine");
  const out = join(folder, "home.refscope");
  expect(await remote.value.keepOffered("C".repeat(43), out)).toMatchObject({ ok: false });
  expect(readdirSync(folder)).toEqual([]);
  expect(await remote.value.keepOffered(ticket, out)).toEqual({ ok: true, value: null });
  expect([readFileSync(out, "utf8"), statSync(out).mode & 0o777]).toEqual(["bytes of it", 0o600]);
  expect(await remote.value.keepOffered(ticket, join(folder, "none/home.refscope"))).toMatchObject({ ok: false });
  rmSync(folder, { recursive: true });
});
