// In: a path and some work. Out: the work done by one process at a time. The lock is a folder that is renamed into place
// with its owner already inside, so there is no moment at which it stands without a name; a dead owner's lock is broken.
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const pollMs = 100;
/** Breaking a lock takes microseconds; a breaker this old died inside. */
const breakerMs = 10_000;

/** A pid comes round again; with the moment the process was born it does not. @param {number} pid */
function born(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** @param {string} owner as written into the lock: "pid birth" */
export function isAlive(owner) {
  const [pid = "", birth = ""] = owner.split(" ");
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  return birth === "" || born(Number(pid)) === birth;
}

/** @param {string} path */
function ownerOf(path) {
  try {
    return readFileSync(join(path, "owner"), "utf8");
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function take(path) {
  const mine = `${path}.${process.pid}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine);
  writeFileSync(join(mine, "owner"), `${process.pid} ${born(process.pid)}`);
  try {
    renameSync(mine, path);
    return true;
  } catch {
    rmSync(mine, { recursive: true, force: true });
    return false;
  }
}

/** Two waiters may both see a dead owner: only the one inside `breaker` removes, and it looks again there. @param {string} path */
function breakDead(path) {
  const breaker = `${path}.breaker`;
  try {
    mkdirSync(breaker);
  } catch {
    if (ageMs(breaker) > breakerMs) rmSync(breaker, { recursive: true, force: true });
    return;
  }
  const owner = ownerOf(path);
  if (owner !== undefined && !isAlive(owner)) rmSync(path, { recursive: true, force: true });
  rmdirSync(breaker);
}

/** @param {string} path */
function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** @param {string} path @param {() => void} work */
export function withLock(path, work) {
  let announced = false;
  while (!take(path)) {
    const owner = ownerOf(path);
    if (owner !== undefined && !isAlive(owner)) {
      breakDead(path);
      continue;
    }
    if (!announced && owner)
      process.stderr.write(`refscope: waiting for another setup (process ${owner.split(" ")[0]})\n`);
    announced = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs);
  }
  try {
    work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
