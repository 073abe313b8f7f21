// In: a checkout that is set up. Out: .build/desktop, which Electron runs as it is, and .build/desktop-resources, which lies beside it
// where programs other than Electron read it. The types of electron/, engine/ and shared/ are taken out, file by file, so that what
// is packed can be read beside its source. Next: electron-builder.yml packs both.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transformSync } from "esbuild";
import { below } from "./setup/stamp.mjs";

const rooms = ["shared", "engine", "electron"];
const ours = /(?<!\.test|\.d)\.ts$/;
const apart = /^electron\/preload\//;
/** What is run is packed; sources in C, type declarations, maps and tests are not. */
const needless =
  /\.(?:md|map|[cm]?ts|c|cc|cpp|h|hpp|gyp|gypi|markdown)$|^\/(?:deps|types|tools|test|tests|docs?|\.github)$/;
/** Of SQLite's driver only what runs on this platform. */
const otherPlatform = new RegExp(`^/prebuilds/(?!${process.platform}(?:musl)?-)|^/src$`);

/** Imports and the files of workers name their own ending. @param {string} source */
const withoutTypes = (source) =>
  transformSync(source, { loader: "ts", format: "esm", target: "node24", charset: "utf8" }).code.replace(
    /(["'])(\.{1,2}\/[^"'\n]+)\.ts\1/g,
    "$1$2.js$1",
  );

/** @param {string} root @param {string} out */
function stageRooms(root, out) {
  cpSync(join(root, "engine/store/no-journal"), join(out, "engine/store/no-journal"));
  const paths = rooms.flatMap((room) => below(root, room)).filter((path) => ours.test(path) && !apart.test(path));
  for (const path of paths) {
    const to = join(out, path.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, withoutTypes(readFileSync(join(root, path), "utf8")));
  }
}

/** A page's sandbox reads one file of CommonJS. @param {string} root @param {string} out */
const stagePreload = (root, out) =>
  build({
    entryPoints: [join(root, "electron/preload/preload.ts")],
    outfile: join(out, "electron/preload.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    external: ["electron"],
    logLevel: "warning",
  });

/** @param {string} folder @returns {Record<string, any>} */
const packageOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** A package with what it needs in turn. @param {string} root @param {string} out @param {string} name @param {Set<string>} seen */
function stagePackage(root, out, name, seen) {
  if (seen.has(name) || name === "node-addon-api") return;
  seen.add(name);
  const from = join(root, "node_modules", name);
  const native = existsSync(join(from, "prebuilds"));
  const filter = (/** @type {string} */ path) => {
    const inside = path.slice(from.length);
    return !needless.test(inside) && !(native && otherPlatform.test(inside));
  };
  cpSync(from, join(out, "node_modules", name), { recursive: true, dereference: true, filter });
  for (const needed of Object.keys(packageOf(from)["dependencies"] ?? {})) stagePackage(root, out, needed, seen);
}

/** What the three rooms import. */
const packages = ["better-sqlite3", "hyparquet-writer", "valibot", "ws"];

/** @param {string} root @param {string} out */
function stagePackages(root, out) {
  const { name, version, description, license, dependencies } = packageOf(root);
  const needed = Object.fromEntries(packages.map((one) => [one, dependencies[one]]));
  const words = {
    name,
    version,
    description,
    license,
    author: "Refscope",
    private: true,
    type: "module",
    main: "electron/main.js",
  };
  writeFileSync(join(out, "package.json"), `${JSON.stringify({ ...words, dependencies: needed }, null, 2)}\n`);
  const seen = new Set();
  for (const one of packages) stagePackage(root, out, one, seen);
}

/** Read by Python or handed to the target: outside the archive. @param {string} root @param {string} out */
function stageResources(root, out) {
  cpSync(join(root, ".build/core"), join(out, "core"), { recursive: true });
  cpSync(join(root, ".build/agent.js"), join(out, "agent.js"));
  cpSync(join(root, "engine/gateway/bridge.py"), join(out, "bridge.py"));
  const node = `node_modules/node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}/bin`;
  if (existsSync(join(root, node))) cpSync(join(root, node), join(out, "node"), { recursive: true });
  const site = sitePackages(root);
  if (!site) return;
  for (const part of readdirSync(site).filter((entry) => /^_?frida/.test(entry)))
    cpSync(join(site, part), join(out, "frida", part), {
      recursive: true,
      filter: (path) => !/__pycache__/.test(path),
    });
}

/** @param {string} root @returns {string | undefined} */
function sitePackages(root) {
  const windows = join(root, ".venv/Lib/site-packages");
  if (existsSync(windows)) return windows;
  const lib = join(root, ".venv/lib");
  const [python] = existsSync(lib) ? readdirSync(lib).filter((name) => name.startsWith("python")) : [];
  return python && join(lib, python, "site-packages");
}

/** @param {string} root @param {string} [out] */
export async function stageDesktop(root, out = join(root, ".build/desktop")) {
  const resources = `${out}-resources`;
  for (const folder of [out, resources]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  stageRooms(root, out);
  await stagePreload(root, out);
  cpSync(join(root, ".build/renderer"), join(out, "renderer"), { recursive: true });
  stagePackages(root, out);
  stageResources(root, resources);
  return { out, resources };
}

if (process.argv[1] && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  const { out } = await stageDesktop(resolve(fileURLToPath(import.meta.url), "../.."), process.argv[2]);
  process.stdout.write(`${out}\n`);
}
