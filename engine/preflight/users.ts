// Nothing in, names and home directories of this machine's users out (/etc/passwd). Next: processes.ts, target.ts.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { attempt, ifRead, procRoot, throughDevice } from "./proc.ts";

export interface Users {
  nameOf(id: number): string;
  readonly homes: readonly string[];
}

const firstPerson = 1000;

/** Those of another machine are copied to the folder that stands for its /proc. */
export const copiedUsers = "passwd";
function usersFile(): string {
  const copied = join(procRoot(), copiedUsers);
  return throughDevice() && existsSync(copied) ? copied : "/etc/passwd";
}

export function readUsers(): Users {
  const rows = (ifRead(attempt(() => readFileSync(usersFile(), "utf8"))) ?? "")
    .split("\n")
    .map((line) => line.split(":"));
  const names = new Map(rows.map(([name, , id]) => [Number(id), name]));
  // Service accounts have homes like / and /usr/sbin, which are nobody's name.
  const people = rows.filter(([, , id]) => Number(id) === 0 || Number(id) >= firstPerson).map((row) => row[5] ?? "");
  return {
    nameOf: (id) => names.get(id) ?? String(id),
    homes: [...new Set([homedir(), ...people])].filter(
      (home) => home.startsWith("/") && home !== "/" && home !== "/nonexistent",
    ),
  };
}
