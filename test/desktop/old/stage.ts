// The staged application in, the same for an Electron of 2020 out: main and preload as CommonJS over the shims, the page for its
// Chromium. The engine's process stays as it is, under the Node of this checkout. Next: ../fixture.ts starts it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { build as buildPage, type Plugin as PagePlugin } from "vite";

const here = import.meta.dirname;
const root = join(here, "../../..");

/** Everybody's `electron` is the shim; the shim's own is Electron's. */
const over = (shim: string): Plugin => ({
  name: "old-electron",
  setup(own) {
    own.onResolve({ filter: /^electron$/ }, ({ importer }) =>
      importer.endsWith(shim) ? { path: "electron", external: true } : { path: join(here, shim) },
    );
  },
});

export async function stageOld(app: string): Promise<void> {
  const common = { bundle: true, format: "cjs", platform: "node", target: "node12", logLevel: "error" } as const;
  await build({
    ...common,
    entryPoints: [join(root, "electron/main.ts")],
    outfile: join(app, "electron/old-main.cjs"),
    plugins: [over("main-shim.mjs")],
    external: ["bufferutil", "utf-8-validate"],
  });
  await build({
    ...common,
    entryPoints: [join(root, "electron/preload/preload.ts")],
    outfile: join(app, "electron/preload.cjs"),
    plugins: [over("preload-shim.mjs")],
  });
  const words = JSON.parse(readFileSync(join(app, "package.json"), "utf8"));
  writeFileSync(join(app, "package.json"), JSON.stringify({ ...words, main: "electron/old-main.cjs" }));
  await stagePage(join(app, "renderer"));
}

const withShim: PagePlugin = {
  name: "old-chromium",
  transform: (code, id) =>
    id.endsWith("renderer/main.tsx") ? `import ${JSON.stringify(join(here, "page-shim.mjs"))};\n${code}` : null,
};

async function stagePage(out: string): Promise<void> {
  await buildPage({
    configFile: join(root, "vite.config.ts"),
    root: join(root, "renderer"),
    logLevel: "error",
    plugins: [withShim],
    build: { outDir: out, emptyOutDir: true, target: "chrome83", cssTarget: "chrome83" },
  });
}
