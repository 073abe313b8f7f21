// In: a checkout that is set up. Out: .build/desktop, which Electron runs as it is, and .build/desktop-resources, which lies beside it
// where programs other than Electron read it. Next: electron-builder.yml packs both.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleRooms } from "./desktop/bundles.mjs";
import { notices } from "./desktop/notices.mjs";

/** What Electron and electron-builder read. @param {string} root @param {string} out */
function stageWords(root, out) {
  const { name, version, description, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const words = {
    name,
    version,
    description,
    license,
    author: "Refscope",
    // deb and rpm must name one, and this project has no public address: it is where they put its own documents.
    homepage: "file:///opt/Refscope/resources/docs/README.md",
    // Windows belong to the entry of this name.
    desktopName: "refscope-desktop.desktop",
    private: true,
    type: "module",
    main: "electron/main.js",
  };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(words, null, 2)}\n`);
}

/** Recordings of strangers are read by it: the engine's process cannot start Electron again, and Electron's own program is no Node. */
const nodePackage = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

/** Read by Python, by plain Node or by a person, or handed to the target: outside the archive. @param {string} root @param {string} out */
function stageResources(root, out) {
  cpSync(join(root, ".build/core"), join(out, "core"), { recursive: true });
  cpSync(join(root, ".build/agent.js"), join(out, "agent.js"));
  cpSync(join(root, "engine/gateway/bridge.py"), join(out, "bridge.py"));
  const node = join(root, "node_modules", nodePackage, "bin");
  if (existsSync(node)) cpSync(node, join(out, "node"), { recursive: true });
  cpSync(join(root, "docs"), join(out, "docs"), {
    recursive: true,
    filter: (path) => !/[\\/](?:screenshots|adr)$|\.ts$/.test(path),
  });
  const site = sitePackages(root);
  // Below Python 3.11 Frida needs typing_extensions.
  for (const part of site ? readdirSync(site).filter((entry) => /^_?frida|^typing_extensions/.test(entry)) : [])
    cpSync(join(String(site), part), join(out, "frida", part), {
      recursive: true,
      filter: (path) => !/__pycache__/.test(path),
    });
  return site;
}

/** @param {string} root @returns {string | undefined} */
function sitePackages(root) {
  const windows = join(root, ".venv/Lib/site-packages");
  if (existsSync(windows)) return windows;
  const lib = join(root, ".venv/lib");
  const [python] = existsSync(lib) ? readdirSync(lib).filter((name) => name.startsWith("python")) : [];
  return python && join(lib, python, "site-packages");
}

/** What the page is made of. */
const pagePackages = [
  "react",
  "react-dom",
  "react-is",
  "recharts",
  "@fontsource-variable/inter",
  "@fontsource-variable/jetbrains-mono",
];
const packageOf = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** @param {string} root @param {string} [out] */
export async function stageDesktop(root, out = join(root, ".build/desktop")) {
  const resources = `${out}-resources`;
  for (const folder of [out, resources]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const bundled = await bundleRooms(root, out);
  cpSync(join(root, ".build/renderer"), join(out, "renderer"), { recursive: true });
  stageWords(root, out);
  const site = stageResources(root, resources);
  const named = bundled.flatMap((path) => packageOf.exec(path.replaceAll("\\", "/"))?.[1] ?? []);
  const packages = [...new Set([...named, ...pagePackages, nodePackage])];
  writeFileSync(join(resources, "third-party-notices.txt"), notices(root, packages, site));
  return { out, resources };
}

if (process.argv[1] && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  const { out } = await stageDesktop(resolve(fileURLToPath(import.meta.url), "../.."), process.argv[2]);
  process.stdout.write(`${out}\n`);
}
