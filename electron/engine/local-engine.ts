// The engine's process in, the engine of this machine out. The page's port goes to it, or its texts where ports cannot. Next: host/serve-host.ts.
import type { MessagePortMain } from "electron";
import * as v from "valibot";
import type { DesktopAnswer } from "../../shared/desktop-contract.ts";
import { ok, type Result } from "../../shared/failures.ts";
import { type Ask, type FromHost, fromHost } from "../host/protocol.ts";
import { usage } from "../words.ts";
import type { EngineLink } from "./engine-link.ts";
import type { EngineProcess } from "./engine-process.ts";
import { endedAtStart } from "./refusals.ts";

const startsWithinMs = 20_000;
const closesWithinMs = 5000;
const over: DesktopAnswer<null> = {
  ok: false,
  problem: {
    code: "engine-lost",
    cause: "the engine's process ended",
    fix: "It starts again by itself. Ask once more; what was recorded until then is kept.",
  },
};

interface Line {
  readonly process: EngineProcess;
  /** Fails when it ended before it could answer. */
  readonly ready: Promise<Result<void>>;
  readonly pages: Map<number, MessagePortMain>;
  readonly asked: Map<number, (answer: DesktopAnswer<null>) => void>;
  readonly atEnd: Set<() => void>;
  alive: boolean;
  /** There is one window: the page that was served last. */
  lost: () => void;
}

export function createLocalEngine(process: EngineProcess, ended: (why: string) => void = () => {}): EngineLink {
  const line = lineTo(process, ended);
  let count = 0;
  const ask = (what: Ask) => {
    if (!line.alive) return Promise.resolve(over);
    const id = ++count;
    process.send({ kind: "ask", id, ask: what });
    return new Promise<DesktopAnswer<null>>((done) => line.asked.set(id, done));
  };
  return {
    url: null,
    alive: () => line.alive,
    async serve(port, lost) {
      const ready = await line.ready;
      if (!ready.ok) return ready;
      if (!line.alive) return endedAtStart("since it was asked for");
      line.lost = lost;
      const page = ++count;
      process.send({ kind: "page", page }, process.takesPorts ? port : undefined);
      if (!process.takesPorts) relay(line, page, port);
      return ready;
    },
    open: (path) => ask({ what: "open", path }),
    export: (path, out, format) => ask({ what: "export", path, out, format }),
    keepOffered: () => Promise.resolve(usage("this recording is on this machine already", "Copy it where it lies.")),
    close: () => closeProcess(line),
  };
}

function lineTo(process: EngineProcess, ended: (why: string) => void): Line {
  const { promise: ready, resolve } = Promise.withResolvers<Result<void>>();
  const late = setTimeout(() => process.kill(), startsWithinMs);
  const line: Line = {
    process,
    ready,
    pages: new Map(),
    asked: new Map(),
    atEnd: new Set(),
    alive: true,
    lost: () => {},
  };
  process.onMessage((given) => {
    const message = v.safeParse(fromHost, given);
    if (!message.success) return;
    if (message.output.kind !== "ready") return take(line, message.output);
    clearTimeout(late);
    resolve(ok(undefined));
  });
  process.onExit((why) => {
    if (!line.alive) return;
    line.alive = false;
    clearTimeout(late);
    ended(why);
    resolve(endedAtStart(why));
    for (const tell of line.asked.values()) tell(over);
    for (const tell of [line.lost, ...line.atEnd]) tell();
  });
  return line;
}

function take({ pages, asked }: Line, told: Exclude<FromHost, { kind: "ready" }>): void {
  if (told.kind === "text") return pages.get(told.page)?.postMessage(told.text);
  asked.get(told.id)?.(told.problem ? { ok: false, problem: told.problem } : { ok: true, value: null });
  asked.delete(told.id);
}

function relay({ process, pages }: Line, page: number, port: MessagePortMain): void {
  pages.set(page, port);
  port.on("message", ({ data }) => {
    if (typeof data === "string") process.send({ kind: "text", page, text: data });
  });
  port.on("close", () => pages.delete(page));
  port.start();
}

/** What records is stopped and stored first; what does not end by then is ended. */
function closeProcess({ process, alive, atEnd }: Line): Promise<void> {
  if (!alive) return Promise.resolve();
  return new Promise((done) => {
    const late = setTimeout(() => process.kill(), closesWithinMs);
    atEnd.add(() => {
      clearTimeout(late);
      done();
    });
    process.send({ kind: "close" });
  });
}
