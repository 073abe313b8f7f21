// In: an Electron to pack, with a wire of fuses where it has none. Out: what was packed holds what runs and nothing else, its fuses are flipped as
// electron-builder.yml says, its reader of strangers' files runs under plain Node, and the whole of it runs.
import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractFile, listPackage, statFile } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { build, type Configuration, Platform } from "electron-builder";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { stageDesktop } from "../../scripts/desktop.mjs";
import { type FoundElectron, findElectron } from "./find-electron.ts";
import { launch, setStage } from "./fixture.ts";
import { stageOld } from "./old/stage.ts";

const root = join(import.meta.dirname, "../..");
const config: Configuration = parse(readFileSync(join(root, "electron-builder.yml"), "utf8"));
const electron = findElectron();
const here = typeof electron === "string" ? undefined : electron;
const why = typeof electron === "string" ? ` (skipped: ${electron})` : ` (Electron ${electron.version})`;
const packs = test.skipIf(!here);
const folder = mkdtempSync(join(tmpdir(), "refscope-packed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A wire as Electron has it, put behind a program that is too old for one: its mark, version 1, nine fuses, each as it is shipped. */
const wire = Buffer.concat([
  Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
  Buffer.from([1, 9, ...Buffer.from("101110110")]),
]);

/** Kept, because an Electron is large. */
function electronToPack({ folder: dist, version, old }: FoundElectron): string {
  const own = join(root, ".cache/desktop-packed", `electron-${version}`);
  if (!old) return dist;
  if (existsSync(join(own, "version"))) return own;
  cpSync(dist, own, { recursive: true });
  appendFileSync(join(own, "electron"), wire);
  return own;
}

interface Told {
  readonly words: readonly string[];
  readonly entry: string;
}

/** Packages are made by electron-builder's own code up to fpm, which it would fetch. */
async function pack(one: FoundElectron, app: string, name: string, targets: string[]): Promise<readonly Told[]> {
  const own = {
    electronDist: electronToPack(one),
    electronVersion: one.version,
    directories: { ...config.directories, app, output: join(folder, name) },
    extraResources: [{ from: `${app}-resources`, to: "." }],
  };
  const path = join(folder, `${name}.yml`);
  writeFileSync(path, stringify({ ...config, ...own }));
  const told: Told[] = [];
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget(targets),
    config: path,
    async effectiveOptionComputed([words, entry]: [string[], string]) {
      told.push({ words, entry: readFileSync(entry, "utf8") });
      return true;
    },
  });
  return told;
}

const packed = join(folder, "real/linux-unpacked");
const resources = join(packed, "resources");
let told: readonly Told[] = [];
beforeAll(async () => {
  if (!here) return;
  const { out } = await stageDesktop(root, join(root, ".cache/desktop-packed/app"));
  told = await pack(here, out, "real", ["deb", "rpm"]);
}, 110_000);

packs(`deb and rpm: what fpm is told${why}`, () => {
  expect(told).toHaveLength(2);
  for (const { words, entry } of told) {
    expect(words[words.indexOf("--url") + 1]).toBe("file:///opt/Refscope/resources/docs/README.md");
    expect(words.filter((word) => /=\/usr\/share\/mime\/packages\//.test(word))).toHaveLength(2);
    expect(words.some((word) => word.endsWith("=/usr/share/applications/refscope-desktop.desktop"))).toBe(true);
    expect(entry).toMatch(/^Exec=\/opt\/Refscope\/refscope-desktop %U$/m);
    expect(entry).toMatch(/^StartupWMClass=refscope-desktop$/m);
    expect(entry).toMatch(/^MimeType=application\/vnd\.refscope\.recording\+sqlite3;$/m);
  }
});

packs(`the archive holds the programs, bundled, and the page${why}`, () => {
  const archive = join(resources, "app.asar");
  const listed = listPackage(archive, { isPack: false }).map((path) => path.replaceAll("\\", "/"));
  const files = listed.filter((path) => "size" in statFile(archive, path.slice(1)));
  const page = files.filter((path) => path.startsWith("/renderer/"));
  expect(page).toContain("/renderer/index.html");
  expect(page.filter((path) => /\.js$/.test(path)).length).toBeGreaterThan(0);
  expect(files.filter((path) => !path.startsWith("/renderer/")).sort()).toEqual([
    "/electron/host/utility.js",
    "/electron/main.js",
    "/electron/preload.cjs",
    "/engine/analysis/heap/worker/worker.js",
    "/engine/desk/worker.js",
    "/engine/diagnosis/signs-worker.js",
    "/engine/evidence/reader-program.js",
    "/engine/marks/marks-worker.js",
    "/engine/store/no-journal",
    "/engine/store/seal-worker.js",
    `/native/linux-${process.arch}.node`,
    "/package.json",
  ]);
  expect(files.filter((path) => /\.map$|\.tsx?$|\.test\.|\/tests?\/|\.py$|\.c$/.test(path))).toEqual([]);
  for (const path of files.filter((one) => /\.c?js$/.test(one)))
    expect([path, /sourceMappingURL=/.test(String(extractFile(archive, path.slice(1))))]).toEqual([path, false]);
});

packs(
  `outside the archive lies what others than Electron read, and nothing that names a worker is missing${why}`,
  () => {
    const outside = globSync("**/*", { cwd: join(resources, "app.asar.unpacked"), withFileTypes: true });
    const names = outside.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(names.sort()).toEqual(
      [`linux-${process.arch}.node`, "no-journal", "reader-program.js", "signs-worker.js"].sort(),
    );
    const reader = readFileSync(join(resources, "app.asar.unpacked/engine/evidence/reader-program.js"), "utf8");
    const started = [...reader.matchAll(/new URL\("\.\/([\w-]+\.js)"/g)].map(([, name]) => name);
    expect(started.filter((name) => name !== undefined && !names.includes(name))).toEqual([]);
    for (const path of [
      "node/node",
      `core/refscope-core-${process.arch}.so`,
      "agent.js",
      "bridge.py",
      "frida/frida/__init__.py",
      "frida/frida/_frida.abi3.so",
      "frida/typing_extensions.py",
      "docs/README.md",
      "third-party-notices.txt",
    ])
      expect([path, existsSync(join(resources, path))]).toEqual([path, true]);
    expect(globSync("**/*.{map,ts,test.*}", { cwd: resources, exclude: (path) => /frida/.test(String(path)) })).toEqual(
      [],
    );
    expect(readdirSync(join(packed)).filter((name) => /LICENSE/.test(name)).length).toBeGreaterThan(0);
  },
);

packs(`licences of others are named, with their texts${why}`, () => {
  const text = readFileSync(join(resources, "third-party-notices.txt"), "utf8");
  for (const name of [
    "react ",
    "recharts ",
    "better-sqlite3 ",
    "valibot ",
    "ws ",
    "frida ",
    "@fontsource-variable/inter ",
    "node-",
  ])
    expect([name, text.includes(`\n${name}`)]).toEqual([name, true]);
  expect(text.match(/Permission is hereby granted/g)?.length).toBeGreaterThan(15);
  expect(text).toMatch(/SIL OPEN FONT LICENSE/);
});

const wanted = {
  [FuseV1Options.RunAsNode]: config.electronFuses?.runAsNode,
  [FuseV1Options.EnableCookieEncryption]: config.electronFuses?.enableCookieEncryption,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: config.electronFuses?.enableNodeOptionsEnvironmentVariable,
  [FuseV1Options.EnableNodeCliInspectArguments]: config.electronFuses?.enableNodeCliInspectArguments,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: config.electronFuses?.enableEmbeddedAsarIntegrityValidation,
  [FuseV1Options.OnlyLoadAppFromAsar]: config.electronFuses?.onlyLoadAppFromAsar,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: config.electronFuses?.grantFileProtocolExtraPrivileges,
};

packs(
  `fuses are flipped in what was packed${here?.old ? " (a wire put behind an Electron that knows no fuses)" : why}`,
  async () => {
    expect(Object.values(wanted)).toEqual([false, true, false, false, true, true, false]);
    const read: Readonly<Record<string, unknown>> = { ...(await getCurrentFuseWire(join(packed, "refscope-desktop"))) };
    for (const [fuse, on] of Object.entries(wanted))
      expect([fuse, read[fuse]]).toEqual([fuse, on ? FuseState.ENABLE : FuseState.DISABLE]);
  },
);

packs(`what reads strangers' files runs under the Node that comes along, from outside the archive${why}`, async () => {
  const program = join(resources, "app.asar.unpacked/engine/evidence/reader-program.js");
  const reader = spawn(join(resources, "node/node"), ["--permission", "--allow-fs-read=*", "--allow-addons", program], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const answer = new Promise((done) => reader.once("message", done));
  const path = join(root, "test/golden/format-1.refscope");
  const text = JSON.stringify({ id: 1, method: "recording.types", params: { path, limit: 1 } });
  reader.send({ kind: "call", path, trusted: false, text });
  expect(await answer).toMatchObject({ ok: true });
  reader.disconnect();
});

packs(`Frida's package is whole for this machine's Python${why}`, () => {
  const told = spawnSync(
    join(root, ".venv/bin/python"),
    ["-S", "-c", "import typing_extensions, frida; print(frida.__file__)"],
    {
      env: { PYTHONPATH: join(resources, "frida") },
      encoding: "utf8",
    },
  );
  expect([told.stderr, told.stdout.trim()]).toEqual(["", join(resources, "frida/frida/__init__.py")]);
});

const stage = here ? await setStage() : "";
const whyNot = typeof stage === "string" ? ` (skipped: ${stage || electron})` : why;

/** With another engine: plain Node, which stands in for an old Electron's own, reads no archive. */
test.skipIf(typeof stage === "string")(`what was packed runs${whyNot}`, { timeout: 110_000 }, async () => {
  if (typeof stage === "string" || !here) return;
  const app = join(root, ".cache/desktop-packed/app");
  if (here.old) await stageOld(app);
  if (here.old) await pack(here, app, "old", ["dir"]);
  const program = join(folder, here.old ? "old" : "real", "linux-unpacked/refscope-desktop");
  const door = spawn(process.execPath, [join(root, "test/browser/serve-scene.ts"), "usual"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const link = await new Promise<string>((done) => door.stdout.once("data", (text) => done(String(text).trim())));
  const running = await launch(stage, [`--connect=${link}`], {
    settings: "packed",
    packed: program,
  });
  const shown = () => running.page.evaluate(() => document.body.textContent ?? "");
  await expect.poll(shown, { timeout: 20_000 }).toMatch(/gunicorn/);
  expect(await running.app.evaluate((electron) => electron.app.isPackaged)).toBe(true);
  expect(await running.trouble()).toEqual([]);
  await running.app.close();
  door.kill();
  stage.close();
});
