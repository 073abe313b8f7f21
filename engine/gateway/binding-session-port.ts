// A session's wishes in, calls of npm's frida out. Messages are taken as the raw text that Frida's own wrapper would parse and
// keep the answers of calls from us. Next: attached.ts.
import type { Script, Session } from "frida";
import type { Milliseconds } from "../../shared/units.ts";
import type { Answer } from "./answer.ts";
import type { Receive, SessionPort } from "./attached.ts";
import { asFridaError } from "./frida-errors.ts";
import { limits, within } from "./limits.ts";
import type { ScriptPort } from "./script.ts";

/** Whatever Frida throws, and however long it takes: an answer. */
export async function ask<T>(limit: Milliseconds, action: () => Promise<T>): Promise<Answer<T>> {
  const answered = async (): Promise<Answer<T>> => {
    try {
      return { kind: "done", value: await action() };
    } catch (thrown) {
      return { kind: "error", error: asFridaError(thrown) };
    }
  };
  return await within<Answer<T>>(limit, answered(), () => ({ kind: "late", limit }));
}

export function bindingSessionPort(session: Session): SessionPort {
  return {
    load(source, receive) {
      const script = session.createScript(source, { name: "refscope" });
      return { port: scriptPort(script), loaded: ask(limits.load, async () => await start(await script, receive)) };
    },
    detach: () => ask(limits.detach, () => session.detach()),
    abandon: () => void session.detach().catch(() => undefined),
  };
}

async function start(script: Script, receive: Receive): Promise<void> {
  script["_message"].connect((json, data) => receive(json, data ?? undefined));
  await script.load();
}

/** The script is there before anyone gets to post: `load` has settled. */
function scriptPort(script: Promise<Script>): ScriptPort {
  return {
    post(json, bytes) {
      void script
        .then((loaded) => loaded["_post"](json, bytes === undefined ? null : Buffer.from(bytes)))
        .catch(() => undefined);
    },
    async unload() {
      await script.then((loaded) => loaded.unload()).catch(() => undefined);
    },
  };
}
