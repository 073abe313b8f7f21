// Nothing in, the leak of an example service found from start to finish. Next: the browser, where there is somebody to look at it.
import * as v from "valibot";
import type { Engine } from "../../engine/engine.ts";
import { ok } from "../../shared/failures.ts";
import { type DemoService, startDemoService } from "../demo-service.ts";
import { follow } from "../following.ts";
import { serveUntilStopped } from "../serving.ts";
import type { Terminal } from "../terminal.ts";
import { defineVerb, type Ended } from "../verb.ts";
import { withEngine } from "../with-engine.ts";
import { printReport } from "./report.ts";

const seconds = 15;
const frames = 8;
/** So that the printed address is the one that `open` will listen on. */
const port = 7750;

export const verb = defineVerb(v.object({ serve: v.optional(v.boolean(), true) }), (terminal, _, options) =>
  withEngine(async (engine) => {
    const service = await startDemoService();
    if (!service.ok) return service;
    terminal.talk(`started ${service.value.name} as process ${service.value.pid}`);
    const recorded = await recordService(engine, service.value, terminal);
    if (!recorded.ok) return recorded;
    const report = await engine.call("recording.report", { path: recorded.value });
    if (!report.ok) return report;
    await printReport(terminal, report.value, { json: false, markdown: false, html: false });
    return options.serve && terminal.interactive
      ? serveUntilStopped(engine, terminal, { recording: recorded.value })
      : pointTo(terminal, recorded.value);
  }),
);

async function recordService(engine: Engine, service: DemoService, terminal: Terminal) {
  const request = { pid: service.pid, forSeconds: seconds, frames };
  const followed = await follow(engine, engine.call("recording.start", request), terminal);
  await service.stop();
  return followed.ok ? ok(followed.value.state.path) : followed;
}

/** Nobody is there to press Ctrl-C, so nothing is left running; the command that serves the recording is the answer. */
function pointTo(terminal: Terminal, path: string): Ended {
  terminal.result(
    `\nIn a browser: refscope open '${path}' --port ${port}\nIt serves http://127.0.0.1:${port}/ and prints a link that works once.`,
  );
  return ok(0);
}
