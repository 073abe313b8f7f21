// In: package-lock.json. Out: node_modules by `npm ci`, and with it the pinned Node that runs everything after.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastWords, SetupFailure } from "./failure.mjs";
import { hashText } from "./stamp.mjs";
import { tool } from "./tool.mjs";

/** @typedef {import("./stamp.mjs").Step} Step */

/** The parts of package.json that decide what is installed: a changed script does not cost an install. */
const installing = ["dependencies", "devDependencies", "optionalDependencies", "overrides", "allowScripts"];

/** @param {string} root */
function fingerprint(root) {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const parts = installing.map((key) => JSON.stringify(wanted[key] ?? null));
  return hashText([...parts, readFileSync(join(root, "package-lock.json"), "utf8"), pinnedPath()]);
}

/** @returns {string} where npm puts the pinned Node of this platform */
function pinnedPath() {
  if (process.platform === "win32") return `node_modules/node-win-${process.arch}/bin/node.exe`;
  return `node_modules/node-${process.platform}-${process.arch}/bin/node`;
}

/** `npm run` says which npm it is; otherwise the one on PATH. @param {readonly string[]} words @param {string} root */
function npm(words, root) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli) && existsSync(cli))
    return tool(process.execPath, [cli, ...words], { cwd: root });
  return tool(process.platform === "win32" ? "npm.cmd" : "npm", words, { cwd: root });
}

/** @param {string} root */
function make(root) {
  process.stderr.write("refscope: installing packages from the npm registry\n");
  const ended = npm(
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"],
    root,
  );
  if (ended.missing) {
    throw new SetupFailure("npm-missing", "npm was not found on PATH", "Install npm, which comes with Node.js");
  }
  if (!ended.ok) throw npmFailure(ended.output);
  return "packages installed";
}

/** @param {string} output */
function npmFailure(output) {
  if (/ENOSPC|no space left/i.test(output))
    return new SetupFailure("disk-full", "the disk ran full during npm ci", "Free at least 1 GB and start again", 8);
  const words = lastWords(output, /^npm (?:error|ERR!) (?!code|A complete log)/);
  return new SetupFailure(
    "npm-failed",
    `npm ci failed: ${words}`,
    "Check that the npm registry can be reached, then start again",
  );
}

/** @type {Step} */
export const nodeModules = {
  name: "node-modules",
  wanted: () => true,
  fingerprint,
  made: () => ["node_modules/.package-lock.json"],
  installs: true,
  make,
};

/** The Node for everything after setup: the pinned one, or where none is published the host's, if it is new enough. @param {string} root */
export function hostNode(root) {
  const pinned = join(root, pinnedPath());
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath;
  const cause = `no pinned Node.js is published for ${process.platform} on ${process.arch}, and this one is ${process.versions.node}`;
  throw new SetupFailure("node-too-old", cause, "Install Node.js 24.12 or newer");
}
