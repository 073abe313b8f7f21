// A pid or none in, each check with its answer out. Next: the user repairs what is wrong.
import * as v from "valibot";
import { type Check, doctorDocument } from "../../shared/documents.ts";
import { exitOf, ok } from "../../shared/failures.ts";
import type { Terminal } from "../terminal.ts";
import { safe } from "../text/safe.ts";
import { defineVerb, type Ended, flag, parsePid } from "../verb.ts";
import { deviceOptions, withDevice } from "../with-device.ts";

const marks = { passed: ["green", "ok"], failed: ["red", "NO"], unknown: ["dim", "--"] } as const;
const nameWidth = 24;

export const verb = defineVerb(v.object({ ...deviceOptions, json: flag }), async (terminal, [word], chosen) => {
  const pid = word === undefined ? undefined : parsePid(word);
  if (pid?.ok === false) return pid;
  return withDevice(chosen, async (engine) => {
    const doctor = await engine.call("doctor.run", pid === undefined ? {} : { pid: pid.value });
    if (!doctor.ok) return doctor;
    if (terminal.options.json) terminal.document(v.parse(doctorDocument, doctor.value));
    else for (const check of doctor.value.checks) showCheck(terminal, check);
    return endOf(terminal, doctor.value.checks);
  });
});

/** The first "no" decides the exit code, with --json as well; the document has it, so stdout gets no second one. */
function endOf(terminal: Terminal, checks: readonly Check[]): Ended {
  const failed = checks.find(({ outcome }) => outcome === "failed");
  if (failed === undefined) return ok(0);
  const { code, detail, fix } = failed;
  terminal.complain({ code: code ?? "bug", cause: detail, fix: fix ?? "" }, false);
  return ok(exitOf(code ?? "bug"));
}

function showCheck(terminal: Terminal, { name, outcome, detail, fix }: Check): void {
  const [style, mark] = marks[outcome];
  terminal.result(`${terminal.style(style, mark)}  ${safe(name).padEnd(nameWidth)}  ${safe(detail)}`);
  if (fix !== null) terminal.result(`${" ".repeat(nameWidth + 6)}${safe(fix)}`);
}
