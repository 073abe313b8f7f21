// In: the rooms of the desktop application. Out: one file for each program of it, without types, at the place of its source: what a
// source says of where it stands stays true. Next: ../desktop.mjs.
import { cpSync, globSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { build } from "esbuild";

/** A worker, or a program of a process of its own, is named by its file. */
const started = /new URL\("(\.\/[\w-]+)\.ts", import\.meta\.url\)/g;

const programs = ["electron/main.ts", "electron/host/utility.ts", "electron/host/child.ts"];

/** @param {string} root */
function startedFiles(root) {
  const sources = globSync("{engine,electron}/**/*.ts", { cwd: root }).filter((path) => !path.endsWith(".test.ts"));
  return sources.flatMap((path) => {
    const folder = posix.dirname(path.split(sep).join("/"));
    const named = readFileSync(join(root, path), "utf8").matchAll(started);
    return [...named].map(([, name]) => `${posix.join(folder, String(name))}.ts`);
  });
}

/** A module says where it stands by its source, not by the file it came to lie in. @param {string} root @param {string} depth @returns {import("esbuild").Plugin} */
const standing = (root, depth) => ({
  name: "standing",
  setup(own) {
    own.onLoad({ filter: /[\\/](?:engine|shared|electron)[\\/].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const place = `new URL(${JSON.stringify(depth + relative(root, path).split(sep).join("/"))}, import.meta.url)`;
      const contents = text
        .replace(started, (whole, name) => whole.replace(`${name}.ts`, `${name}.js`))
        .replace(/\bimport\.meta\.(url|dirname)\b/g, (_, word) =>
          word === "url" ? `${place}.href` : `pathOfUrl(new URL(".", ${place}))`,
        );
      return { contents, loader: "ts" };
    });
  },
});

/** Packages in CommonJS ask for Node's own modules by it. */
const banner = [
  'import { createRequire as requireFrom } from "node:module";',
  'import { fileURLToPath as pathOfUrl } from "node:url";',
  "const require = requireFrom(import.meta.url);",
].join("\n");

/** @param {string} root @param {string} out @param {string} path @returns {Promise<readonly string[]>} what went into it */
async function bundle(root, out, path) {
  const done = await build({
    entryPoints: [join(root, path)],
    outdir: out,
    outbase: root,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    charset: "utf8",
    banner: { js: banner },
    external: ["electron", "frida", "bufferutil", "utf-8-validate"],
    // Its way to the binary of one platform, without a search for it.
    alias: { "better-sqlite3": `better-sqlite3/${process.platform}-${process.arch}` },
    loader: { ".node": "copy" },
    assetNames: "native/[name]",
    plugins: [standing(root, "../".repeat(path.split("/").length - 1))],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(done.metafile.inputs);
}

/** A page's sandbox reads one file of CommonJS. @param {string} root @param {string} out */
const bundlePreload = (root, out) =>
  build({
    entryPoints: [join(root, "electron/preload/preload.ts")],
    outfile: join(out, "electron/preload.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    external: ["electron"],
    logLevel: "warning",
  });

/** @param {string} root @param {string} out @returns {Promise<readonly string[]>} the files that went into the programs */
export async function bundleRooms(root, out) {
  const entries = [...new Set([...programs, ...startedFiles(root)])];
  const [inputs] = await Promise.all([
    Promise.all(entries.map((path) => bundle(root, out, path))),
    bundlePreload(root, out),
  ]);
  cpSync(join(root, "engine/store/no-journal"), join(out, "engine/store/no-journal"));
  return [...new Set(inputs.flat())];
}
