// In: a program and an interpreter. Out: what the real command line says of it as a stranger's process, and that it lives on. Next: diagnose.test.ts.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { type DiagnosisDocument, diagnosisDocument } from "../../shared/diagnosis-document.ts";
import { refscope } from "../examples/recorded.ts";

const settleMs = 2000;
/** Frida's last threads leave a target shortly after the detach; a target that exits meanwhile may crash. */
const afterDetachMs = 500;

export interface Diagnosed {
  readonly exit: number | null;
  readonly document: DiagnosisDocument;
  /** What the recording alone says afterwards. */
  readonly kept: DiagnosisDocument;
}

/** Undefined when the program says that it cannot run here. */
export async function diagnosed(program: string, python: string, seconds: number): Promise<Diagnosed | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "refscope-diagnosis-"));
  const out = join(folder, "a.refscope");
  const target = spawn(python, ["-u", program], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const ready = await createInterface(target.stdout)[Symbol.asyncIterator]().next();
    const [word, pid] = ready.done ? [] : ready.value.split(" ");
    if (word !== "ready" || pid === undefined) return undefined;
    target.stdout.resume();
    await sleep(settleMs);
    const said = await refscope("diagnose", pid, "--for", `${seconds}s`, "--out", out, "--json");
    await sleep(afterDetachMs);
    if (said.out === "") throw new Error(`nothing was said of ${program}: exit ${said.exit}: ${said.err}`);
    if (target.exitCode !== null || target.signalCode !== null) throw new Error(`${program} ended: ${said.err}`);
    const again = await refscope("diagnose", out, "--json");
    const parsed = (text: string) => v.parse(diagnosisDocument, JSON.parse(text));
    return { exit: said.exit, document: parsed(said.out), kept: parsed(again.out) };
  } finally {
    target.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}
