// In: the rooms, and optionally another root. Out: each import that crosses a wall, and exit code 1; or one line with the
// number of modules looked at. Fewer than there are on disk is a failure: such a tool may pass over nothing.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cruise } from "dependency-cruiser";
import { below } from "./setup/stamp.mjs";

const rooms = ["shared", "agent", "engine", "cli", "electron", "renderer", "scripts", "test", "bench"];
const home = resolve(fileURLToPath(import.meta.url), "../..");

/** @param {string} root */
function onDisk(root) {
  return rooms
    .flatMap((room) => (existsSync(resolve(root, room)) ? below(root, room) : []))
    .filter((path) => /(?<!\.d)\.tsx?$/.test(path));
}

/** @param {string} root */
async function look(root) {
  const config = await import(pathToFileURL(resolve(home, ".dependency-cruiser.mjs")).href);
  const { forbidden, options } = config.default;
  const present = rooms.filter((room) => existsSync(resolve(root, room)));
  const { output } = await cruise(present, { ...options, baseDir: root, ruleSet: { forbidden }, validate: true });
  if (typeof output === "string") throw new Error("dependency-cruiser answered with text");
  return output;
}

/** @param {string} root @returns {Promise<{ complaints: readonly string[], seen: number, imports: number }>} */
async function complaints(root) {
  const { modules, summary } = await look(root);
  const looked = new Set(modules.map((module) => module.source));
  const crossed = summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} imports ${to}`);
  const missed = onDisk(root)
    .filter((path) => !looked.has(path))
    .map((path) => `not looked at: ${path}`);
  const seen = onDisk(root).length - missed.length;
  const imports = modules.reduce((sum, module) => sum + module.dependencies.length, 0);
  const blind = seen > 1 && imports === 0 ? ["no import was found in any module: the parser reads no TypeScript"] : [];
  return { complaints: [...crossed, ...missed, ...blind], seen, imports };
}

const found = await complaints(resolve(process.argv[2] ?? home));
for (const line of found.complaints) process.stderr.write(`${line}\n`);
process.stdout.write(`${found.seen} modules with ${found.imports} imports, ${found.complaints.length} complaints\n`);
process.exitCode = found.complaints.length === 0 ? 0 : 1;
