// An engine and a line to the main process in, its pages served and its questions answered out. Next: engine/rpc/rpc.ts.
import * as v from "valibot";
import type { Engine } from "../../engine/engine.ts";
import { serveRpc, type TextChannel } from "../../engine/rpc/rpc.ts";
import { failure, type Result } from "../../shared/failures.ts";
import { type Ask, type FromHost, toHost } from "./protocol.ts";

export interface HostLine {
  send(message: FromHost): void;
  onMessage(listener: (message: unknown, port: TextChannel | undefined) => void): void;
}

/** A page is told as much as a stranger: recordings of the library, and files that the user opened by a dialog, a drop or a double click. */
export function serveHost(engine: Engine, line: HostLine, leave: () => void): void {
  const pages = new Map<number, (text: string) => void>();
  line.onMessage((given, port) => {
    const message = v.safeParse(toHost, given);
    if (!message.success) return;
    const told = message.output;
    if (told.kind === "text") pages.get(told.page)?.(told.text);
    else if (told.kind === "page") serveRpc(engine.guarded, port ?? pageOf(pages, told.page, line));
    else if (told.kind === "ask")
      void answerAsk(engine, told.ask).then((problem) => line.send({ kind: "done", id: told.id, problem }));
    else void engine.close().finally(leave);
  });
  line.send({ kind: "ready" });
}

const pageOf = (pages: Map<number, (text: string) => void>, page: number, line: HostLine): TextChannel => ({
  send: (text) => line.send({ kind: "text", page, text }),
  onMessage: (listener) => pages.set(page, listener),
});

type Problem = Extract<FromHost, { kind: "done" }>["problem"];

async function answerAsk(engine: Engine, ask: Ask): Promise<Problem> {
  try {
    const done =
      ask.what === "open"
        ? await engine.call("recording.types", { path: ask.path, limit: 1 })
        : await exported(engine, ask);
    return done.ok ? null : wordsOf(done.failure);
  } catch (error) {
    return wordsOf(failure("bug", { what: error instanceof Error ? error.message : String(error) }));
  }
}

/** The page names the recording: it must be one that it may read. */
async function exported(
  engine: Engine,
  { path, out, format }: Extract<Ask, { what: "export" }>,
): Promise<Result<unknown>> {
  const readable = await engine.guarded.call("recording.types", { path, limit: 1 });
  return readable.ok ? engine.work({ kind: "export", path, request: { out, format } }) : readable;
}

const wordsOf = ({ code, cause, fix }: { code: string; cause: string; fix: string }): Problem => ({ code, cause, fix });
