// In: the npm frida package without its binary. Out: the binary if it can be had within a bound, else the bridge gateway
// alone. Tried once per version: where it cannot be reached a start must not pay for asking again.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostNode } from "./node-modules.mjs";
import { hashText } from "./stamp.mjs";
import { tool } from "./tool.mjs";

/** @typedef {import("./stamp.mjs").Step} Step */

const boundMs = 20_000;
const home = "node_modules/frida";
const fetched = ".setup/frida-binary.fetched";
const fetcher = "node_modules/prebuild-install/bin.js";

/** @param {string} root */
function wanted(root) {
  if (process.env.REFSCOPE_GATEWAY === "bridge" || process.env.CI) return false;
  return existsSync(join(root, home)) && existsSync(join(root, fetcher));
}

/** @param {string} root */
function make(root) {
  const ended = tool(hostNode(root), [join(root, fetcher)], { cwd: join(root, home), timeout: boundMs });
  if (!ended.ok) {
    rmSync(join(root, fetched), { force: true });
    return "Frida's Node binary cannot be fetched here; the Python bridge is used";
  }
  writeFileSync(join(root, fetched), "");
  return "Frida's Node binary installed";
}

/** @type {Step} */
export const fridaBinary = {
  name: "frida-binary",
  wanted,
  fingerprint: (root) => hashText([readFileSync(join(root, home, "package.json"), "utf8")]),
  // npm ci empties the package's folder: what could be fetched once is fetched again.
  made: (root) => (existsSync(join(root, fetched)) ? [`${home}/build`] : []),
  installs: false,
  make,
};
