// In: a checkout in any state. Out: a checkout that can run: node_modules, Python with Frida, the C core, the agent, the
// renderer. Each step carries a stamp, so a warm start only reads and hashes. Built-ins only, any Node from 18 up.
// Next: the steps in scripts/setup/, in the order of the list below.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { agentBundle, rendererBundle } from "./setup/bundles.mjs";
import { nativeCore } from "./setup/core.mjs";
import { checkSpace } from "./setup/disk.mjs";
import { printFailure } from "./setup/failure.mjs";
import { fridaBinary } from "./setup/frida-binary.mjs";
import { withLock } from "./setup/lock.mjs";
import { hostNode, nodeModules } from "./setup/node-modules.mjs";
import { pythonVenv } from "./setup/python.mjs";
import { isFresh, writeStamp } from "./setup/stamp.mjs";

/** @typedef {import("./setup/stamp.mjs").Step} Step */

/** @type {readonly Step[]} */
const steps = [nodeModules, pythonVenv, fridaBinary, nativeCore, agentBundle, rendererBundle];

/** @param {string} root @param {Step} step */
const stale = (root, step) => step.wanted(root) && !isFresh(root, step);

/** @param {string} root @param {Step} step */
function run(root, step) {
  if (!stale(root, step)) return;
  const started = performance.now();
  // What a step reads is hashed before it runs: a file saved meanwhile makes it stale again.
  const fingerprint = step.fingerprint(root);
  const said = step.make(root);
  writeStamp(root, step.name, fingerprint);
  process.stderr.write(`refscope: ${said} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
}

/** @param {string} root */
export function setUp(root) {
  if (steps.every((step) => !stale(root, step))) return;
  mkdirSync(resolve(root, ".setup"), { recursive: true });
  withLock(resolve(root, ".setup", "lock"), () => {
    if (steps.some((step) => step.installs && stale(root, step))) checkSpace(root);
    for (const step of steps) run(root, step);
  });
}

if (process.argv[1] && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  try {
    const root = resolve(fileURLToPath(import.meta.url), "../..");
    setUp(root);
    hostNode(root);
  } catch (error) {
    process.exitCode = printFailure(error);
  }
}
