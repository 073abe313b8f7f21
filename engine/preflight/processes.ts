// Nothing in, this machine's Python processes out, each with what a recording of it would be told. Next: `refscope ps`, the process picker.
import { readdirSync, readFileSync } from "node:fs";
import type { SeenProcess } from "../../shared/process-list.ts";
import { versionText } from "../../shared/units.ts";
import { bridgeProgram } from "../gateway/places.ts";
import { buildWords, imageOf } from "./checks.ts";
import { gatherFacts, type ProcessFacts, readSurroundings, type Surroundings } from "./facts.ts";
import { maskCommand } from "./mask.ts";
import { judgeAll } from "./preflight.ts";
import { attempt, ifRead } from "./proc.ts";

/** Of a process we may not look into, its name is all there is. */
export const pythonName = /^(?:.*\/)?(?:python|pypy)[\d.]*[a-z]*$/;
/** USER_HZ, which is 100 on every machine Refscope is built for. */
const ticksPerSecond = 100;

export function listProcesses(): SeenProcess[] {
  const around = readSurroundings();
  const boot = readBootSeconds();
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.flatMap((pid) => {
    const facts = gatherFacts(pid, around);
    return facts && isPython(facts) ? [toRow(facts, around, boot)] : [];
  });
}

function isPython(facts: ProcessFacts): boolean {
  if (facts.status.state === "Z" || facts.command.includes(bridgeProgram)) return false;
  if (facts.inside.kind === "read") return facts.inside.value.image !== undefined;
  return pythonName.test(facts.command[0] ?? facts.name);
}

function toRow(facts: ProcessFacts, around: Surroundings, boot: number | undefined): SeenProcess {
  const image = imageOf(facts);
  const { failure } = judgeAll(facts, around);
  const user = facts.status.users[1];
  return {
    pid: facts.pid,
    name: facts.name,
    command: maskCommand(facts.command, around.users),
    python: image?.version === undefined ? image?.versionSaid || null : versionText(image.version),
    build: [...buildWords(image)],
    parent: facts.status.parent,
    mine: user === around.we.user,
    user: user === undefined ? "" : around.users.nameOf(user),
    rssBytes: facts.status.rssBytes ?? null,
    startedAt: boot === undefined ? null : new Date((boot + facts.startTicks / ticksPerSecond) * 1000).toISOString(),
    attachable: failure === undefined,
    reason: failure === undefined ? null : { code: failure.code, cause: failure.cause, fix: failure.fix },
  };
}

function readBootSeconds(): number | undefined {
  const text = ifRead(attempt(() => readFileSync("/proc/stat", "utf8")));
  const seconds = /^btime (\d+)$/m.exec(text ?? "")?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
