// In: the packages that lie in the desktop application, each with its licence. Out: one text that names them all, packed beside it.
// Electron's and Chromium's own lie there as Electron brings them. Next: ../desktop.mjs.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const licence = /^(?:licen[cs]e|copying|notice)(?:\.(?:md|txt))?$/i;
const rule = "=".repeat(80);

/** @param {string} folder @returns {string | undefined} */
function licenceIn(folder) {
  const names = readdirSync(folder).filter((name) => licence.test(name));
  return names.length === 0
    ? undefined
    : names.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
}

/** A package and what it needs in turn. @param {string} root @param {readonly string[]} names */
function withNeeded(root, names) {
  /** @type {Map<string, { version: string, license: string, dependencies?: Record<string, string> }>} */
  const found = new Map();
  const look = (/** @type {string} */ name) => {
    const path = join(root, "node_modules", name, "package.json");
    // Types are not packed.
    if (found.has(name) || name.startsWith("@types/") || !existsSync(path)) return;
    found.set(name, JSON.parse(readFileSync(path, "utf8")));
    for (const needed of Object.keys(found.get(name)?.dependencies ?? {})) look(needed);
  };
  for (const name of names) look(name);
  return found;
}

/** A wheel keeps its licence with its metadata; Frida's names it and brings no text. @param {string} site */
function wheels(site) {
  const infos = readdirSync(site).filter((name) => /^(?:frida|typing_extensions)-.*\.dist-info$/.test(name));
  return infos.map((name) => {
    const folder = join(site, name);
    const said = readFileSync(join(folder, "METADATA"), "utf8");
    const kind = /^License(?:-Expression)?: (.*)$/m.exec(said)?.[1] ?? "see its project";
    const home = /^(?:Home-page|Project-URL: Home): (.*)$/m.exec(said)?.[1];
    const inner = existsSync(join(folder, "licenses")) ? licenceIn(join(folder, "licenses")) : undefined;
    const text = licenceIn(folder) ?? inner ?? `${kind}${home ? `\n${home}` : ""}`;
    return { title: `${name.replace(/\.dist-info$/, "").replace("-", " ")} (${kind})`, text };
  });
}

/** @param {string} root @param {readonly string[]} names of packages @param {string | undefined} site of wheels */
export function notices(root, names, site) {
  const packages = [...withNeeded(root, names)].toSorted(([a], [b]) => a.localeCompare(b));
  const parts = packages.map(([name, { version, license }]) => ({
    title: `${name} ${version} (${license})`,
    text: licenceIn(join(root, "node_modules", name)) ?? `${license}. Its package brings no text of it.`,
  }));
  const all = [...parts, ...(site === undefined ? [] : wheels(site))];
  return `What of others lies in this application, and under which licence.\n\n${all
    .map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text}\n`)
    .join("\n")}`;
}
