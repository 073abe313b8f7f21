// In: the files a step depends on. Out: whether the step is still done, told by a hash kept in .setup/.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * One thing setup makes. `made` lists what must exist for the stamp to count, so that a deleted folder is made again.
 * @typedef {object} Step
 * @property {string} name
 * @property {(root: string) => boolean} wanted
 * @property {(root: string) => string} fingerprint
 * @property {(root: string) => readonly string[]} made
 * @property {boolean} installs whether it brings packages, and so needs room on the disk
 * @property {(root: string) => string} make makes it, and returns the line to print
 */

/** @param {string} root @param {Step} step */
export function isFresh(root, step) {
  if (!step.made(root).every((path) => existsSync(join(root, path)))) return false;
  return readStamp(root, step.name) === step.fingerprint(root);
}

/** @param {string} root @param {string} name */
function readStamp(root, name) {
  try {
    return readFileSync(join(root, ".setup", name), "utf8");
  } catch {
    return undefined;
  }
}

/** Renamed into place: a reader sees the old stamp or the new one. @param {string} root @param {string} name @param {string} text */
export function writeStamp(root, name, text) {
  const path = join(root, ".setup", name);
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

/** @param {readonly string[]} parts */
export function hashText(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

/** Names and contents of files and of everything below folders; a missing one counts as missing. @param {string} root @param {readonly string[]} paths @param {RegExp} [keep] */
export function hashFiles(root, paths, keep) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((one) => below(root, one))) {
    if (keep && !keep.test(path)) continue;
    hash.update(path).update("\0");
    if (existsSync(join(root, path))) hash.update(readFileSync(join(root, path)));
    hash.update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} root @param {string} path @returns {readonly string[]} */
export function below(root, path) {
  const full = join(root, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) return [path];
  const names = readdirSync(full).filter((name) => name !== "node_modules" && !name.startsWith("."));
  return names.sort().flatMap((name) => below(root, `${path}/${name}`));
}
