// In: the files of the checkout, and optionally another root. Out: each place that breaks the house style as far as it can be
// measured, and exit code 1. What Biome and TypeScript already refuse is asked again here only where a setting could hide it.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const longest = 300;
const root = resolve(process.argv[2] ?? join(fileURLToPath(import.meta.url), "../.."));
const passedOver =
  /^(?:node_modules|\.git|\.venv|\.setup|\.build|\.cache|coverage|test-results|playwright-report|__pycache__|package-lock\.json)$/;
const binary = /\.(?:png|ico|woff2?|refscope|so|gz|jpg)$/;
const code = /\.(?:ts|tsx|mjs|c|h|py|css|html)$/;
const mayBeLong = /^(?:agent\/layout\/|docs\/schemas\/|test\/golden\/)|\.generated\.\w+$/;
const config = /\.config\.(?:ts|mjs)$|^\.dependency-cruiser\.mjs$/;
const opening = /^(?:#![^\n]*\n)?(?:<!doctype html>\s*)?(?:\/\/|\/\*|#|"""|<!--)/i;

/** @typedef {{ path: string, text: string }} File */
/** @typedef {{ name: string, where: (path: string) => boolean, pattern: RegExp }} Refused */

const typed = (/** @type {string} */ path) => /\.tsx?$/.test(path);
const everywhere = () => true;

/** Looked for in code without its comments and strings. @type {readonly Refused[]} */
const inCode = [
  { name: "any", where: typed, pattern: /[:<,|&]\s*any\b|\bas any\b/g },
  { name: "double cast", where: typed, pattern: /\bas unknown as\b/g },
  { name: "enum", where: typed, pattern: /^\s*(?:export )?(?:const )?enum\b/gm },
  { name: "default export", where: (path) => typed(path) && !config.test(path), pattern: /\bexport default\b/g },
  {
    name: "cast outside the brand constructors",
    where: (path) => /(?<!\.test)\.ts$/.test(path) && path !== "shared/units.ts" && !/^(?:test|bench)\//.test(path),
    pattern: /[\w)\]}>] as (?!const\b|unknown as)[A-Za-z{[(]/g,
  },
];

/** Looked for in the whole text. `/proc/PID/root/` is a path of every Linux, a home folder is not. @type {readonly Refused[]} */
const inText = [
  { name: "switched-off type check", where: typed, pattern: /@ts-(?:ignore|nocheck)/g },
  {
    name: "path of one machine",
    where: everywhere,
    pattern: /(?<![\w}.)\]>*])\/(?:root|work)\/(?=[\w.])|\/home\/[a-z]+\//g,
  },
  {
    name: "registry host",
    where: everywhere,
    pattern: /\bregistry\.[a-z]+[\w-]*\.\w+|\bpypi\.[a-z]+\/|pythonhosted\.org/g,
  },
];

/** @param {string} folder @returns {readonly File[]} */
function files(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !passedOver.test(entry.name))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return files(path);
      return entry.isFile() && !binary.test(path) ? [{ path, text: readFileSync(join(root, path), "utf8") }] : [];
    });
}

/** Comments, strings and imports become blanks, line breaks stay. A regular expression with a quote in it may hide the rest of its line. @param {string} text */
function bare(text) {
  const blank = (/** @type {string} */ part) => part.replace(/[^\n]/g, " ");
  return text
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, blank)
    .replace(/`(?:[^`\\]|\\.)*`/g, blank)
    .replace(/^(?:import|export)\b(?=[\s{*])(?:\s+type)?\s*(?:\*|\{)[^;]*?;/gm, (part) =>
      /\bfrom\b/.test(part) ? blank(part) : part,
    );
}

/** @param {File} file @param {string} text @param {readonly Refused[]} refused */
function hits(file, text, refused) {
  return refused
    .filter(({ where }) => where(file.path))
    .flatMap(({ name, pattern }) =>
      [...text.matchAll(pattern)].map((hit) => `${file.path}:${text.slice(0, hit.index).split("\n").length}: ${name}`),
    );
}

/** @param {File} file */
function complaints(file) {
  const found = [...hits(file, file.text, inText)];
  if (!code.test(file.path)) return found;
  found.push(...hits(file, bare(file.text), inCode));
  const lines = file.text.split("\n").length - 1;
  if (lines > longest && !mayBeLong.test(file.path)) found.push(`${file.path}: ${lines} lines, more than ${longest}`);
  if (!opening.test(file.text)) found.push(`${file.path}: does not open with a comment`);
  return found;
}

const all = files("");
const found = all.flatMap(complaints);
for (const line of found) process.stderr.write(`${line}\n`);
process.stdout.write(`${all.length} files, ${found.length} complaints\n`);
process.exitCode = found.length === 0 ? 0 : 1;
