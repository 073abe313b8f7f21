// In: agent/ and renderer/ with what they import from shared/. Out: .build/agent.js for Frida, .build/renderer for a browser.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { lastWords, SetupFailure } from "./failure.mjs";
import { hostNode } from "./node-modules.mjs";
import { hashFiles } from "./stamp.mjs";
import { tool } from "./tool.mjs";

/** @typedef {import("./stamp.mjs").Step} Step */

/** Tests are no part of a bundle, and the C sources are the core's. */
const bundled = /^(?!.*\.test\.tsx?$)(?!agent\/native\/)/;

// Neutral with no Node names: what the agent imports must run in Frida's own JavaScript engine.
const agentWords = [
  ...["agent/main.ts", "--bundle", "--format=iife", "--platform=neutral", "--target=es2022", "--charset=utf8"],
  ...["--main-fields=module,main", "--conditions=import", "--log-level=warning", "--outfile=.build/agent.js"],
];

/** @param {string} root @param {string} what @param {readonly string[]} words */
function bundle(root, what, words) {
  const ended = tool(hostNode(root), words, { cwd: root });
  if (ended.ok) return `${what} bundled`;
  const cause = `the ${what} could not be bundled: ${lastWords(ended.output, /error/i)}`;
  throw new SetupFailure("bundle-failed", cause, "Run npm run check, which names the line");
}

/** @type {Step} */
export const agentBundle = {
  name: "agent",
  wanted: (root) => existsSync(join(root, "agent/main.ts")),
  fingerprint: (root) => hashFiles(root, ["agent", "shared", "package-lock.json"], bundled),
  made: () => [".build/agent.js"],
  installs: false,
  make: (root) => bundle(root, "agent", ["node_modules/esbuild/bin/esbuild", ...agentWords]),
};

/** @type {Step} */
export const rendererBundle = {
  name: "renderer",
  wanted: (root) => existsSync(join(root, "renderer/index.html")),
  fingerprint: (root) => hashFiles(root, ["renderer", "shared", "package-lock.json", "vite.config.ts"], bundled),
  made: () => [".build/renderer/index.html"],
  installs: false,
  make: (root) => bundle(root, "renderer", ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"]),
};
