// The engine's process in, the engine of this machine out. Pages' ports go to it, or their texts where ports cannot. Next: host/serve-host.ts.
import type { MessagePortMain } from "electron";
import * as v from "valibot";
import type { DesktopAnswer } from "../../shared/desktop-contract.ts";
import { type Ask, type FromHost, fromHost } from "../host/protocol.ts";
import type { EngineLink } from "./engine-link.ts";
import type { EngineProcess } from "./engine-process.ts";

const closesWithinMs = 5000;
const ended: DesktopAnswer<null> = {
  ok: false,
  problem: {
    code: "engine-lost",
    cause: "the engine's process ended",
    fix: "It starts again by itself. Ask once more; what was recorded until then is kept.",
  },
};

export function createLocalEngine(process: EngineProcess): EngineLink {
  const pages = new Map<number, MessagePortMain>();
  const asked = new Map<number, (answer: DesktopAnswer<null>) => void>();
  const losers = new Set<() => void>();
  const gone = new Set<() => void>();
  let alive = true;
  let count = 0;

  process.onMessage((given) => {
    const message = v.safeParse(fromHost, given);
    if (message.success) take(message.output);
  });
  const take = (told: FromHost) => {
    if (told.kind === "text") return pages.get(told.page)?.postMessage(told.text);
    asked.get(told.id)?.(told.problem ? { ok: false, problem: told.problem } : { ok: true, value: null });
    asked.delete(told.id);
  };
  process.onExit(() => {
    alive = false;
    for (const tell of asked.values()) tell(ended);
    for (const tell of [...losers, ...gone]) tell();
    losers.clear();
  });
  const ask = (what: Ask) => {
    if (!alive) return Promise.resolve(ended);
    const id = ++count;
    process.send({ kind: "ask", id, ask: what });
    return new Promise<DesktopAnswer<null>>((done) => asked.set(id, done));
  };
  return {
    url: null,
    alive: () => alive,
    serve(port, lost) {
      const page = ++count;
      losers.add(lost);
      process.send({ kind: "page", page }, process.takesPorts ? port : undefined);
      if (!process.takesPorts) relay(process, pages, page, port);
    },
    open: (path) => ask({ what: "open", path }),
    export: (path, out, format) => ask({ what: "export", path, out, format }),
    close: () => closeProcess(process, () => alive, gone),
  };
}

function relay(process: EngineProcess, pages: Map<number, MessagePortMain>, page: number, port: MessagePortMain): void {
  pages.set(page, port);
  port.on("message", ({ data }) => {
    if (typeof data === "string") process.send({ kind: "text", page, text: data });
  });
  port.on("close", () => pages.delete(page));
  port.start();
}

/** What records is stopped and stored first; what does not end by then is ended. */
function closeProcess(process: EngineProcess, alive: () => boolean, gone: Set<() => void>): Promise<void> {
  if (!alive()) return Promise.resolve();
  return new Promise((done) => {
    const late = setTimeout(() => process.kill(), closesWithinMs);
    gone.add(() => {
      clearTimeout(late);
      done();
    });
    process.send({ kind: "close" });
  });
}
