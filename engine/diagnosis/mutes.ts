// A change of the rules that mute suspects in; the file that keeps them, and what it says, out. It is for people as well: it can be written by hand, and
// shared. Next: shared/mutes.ts says which suspect a rule is about.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { isSameRule, type MuteRule, type Mutes, mutesFile } from "../../shared/mutes.ts";
import { errorCode } from "../store/sqlite.ts";

const longestFile = 2 ** 20;

/** XDG Base Directory Specification: what the user configures. */
export function muteFile(env: NodeJS.ProcessEnv = process.env): string {
  const config = env["XDG_CONFIG_HOME"]?.startsWith("/") ? env["XDG_CONFIG_HOME"] : join(homedir(), ".config");
  return join(config, "refscope", "mute.json");
}

/** A file that is not understood mutes nothing, and says so. */
export function readMutes(file: string): Mutes {
  try {
    const text = readFileSync(file, "utf8");
    if (text.length > longestFile) return { file, rules: [], problem: "it is too long" };
    const parsed = v.safeParse(mutesFile, JSON.parse(text));
    if (parsed.success) return { file, rules: parsed.output.rules, problem: null };
    return { file, rules: [], problem: parsed.issues[0].message };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { file, rules: [], problem: null };
    return { file, rules: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

export const addMute = (file: string, rule: MuteRule): Result<Mutes> =>
  change(file, (rules) => [...rules.filter((other) => !isSameRule(other, rule)), rule]);
export const removeMute = (file: string, rule: MuteRule): Result<Mutes> =>
  change(file, (rules) => rules.filter((other) => !isSameRule(other, rule)));

/** It is read anew, because somebody may have edited it; what is not understood is not replaced. */
function change(file: string, to: (rules: readonly MuteRule[]) => MuteRule[]): Result<Mutes> {
  const known = readMutes(file);
  if (known.problem !== null)
    return fail("cannot-write", { path: file, why: `what is there is not understood: ${known.problem}` });
  const rules = to(known.rules);
  const draft = `${file}.new-${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, `${JSON.stringify({ version: 1, rules }, null, 2)}\n`);
    renameSync(draft, file);
    return ok({ ...known, rules });
  } catch (error) {
    rmSync(draft, { force: true });
    return fail("cannot-write", { path: file, why: error instanceof Error ? error.message : String(error) });
  }
}
