// In: electron-builder.yml, the staged application and an Electron to pack. Out: the settings fit the builder's own schema, the fuses are
// flipped as listed, and what was packed holds what runs and nothing else.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listPackage } from "@electron/asar";
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from "@electron/fuses";
import { Ajv } from "ajv";
import { build, type Configuration, Platform } from "electron-builder";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { stageDesktop } from "../../scripts/desktop.mjs";
import { findElectron } from "./find-electron.ts";
import { launch, setStage } from "./fixture.ts";
import { stageOld } from "./old/stage.ts";

const root = join(import.meta.dirname, "../..");
const config: Configuration = parse(readFileSync(join(root, "electron-builder.yml"), "utf8"));
const electron = findElectron();
const folder = mkdtempSync(join(tmpdir(), "refscope-packed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the settings fit the builder's own schema", () => {
  const schema = createRequire(import.meta.url)("app-builder-lib/scheme.json");
  const fits = new Ajv({ strict: false, allErrors: true }).compile(schema);
  expect(fits(config) ? [] : fits.errors).toEqual([]);
  expect(fits({ ...config, electronFuses: { runAsNode: "no" } })).toBe(false);
});

test("packages for every desktop, and a recording is opened by a double click", () => {
  expect(config.linux?.target).toEqual(["AppImage", "deb", "rpm"]);
  expect(config.mac?.target).toEqual(["dmg"]);
  expect(config.win?.target).toEqual(["nsis"]);
  expect(config.fileAssociations).toMatchObject([{ ext: "refscope" }]);
  expect(config.publish).toBeNull();
});

const wanted = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

test("fuses: all seven are named, and flipping them changes the bytes that Electron reads", async () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
  // A program with a wire as Electron has it: its mark, version 1, nine fuses, each as it is shipped.
  const program = join(folder, "electron");
  const wire = Buffer.from([1, 9, ...Buffer.from("100111010".slice(0, 9))]);
  writeFileSync(program, Buffer.concat([Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"), wire, Buffer.alloc(64)]));
  await flipFuses(program, { version: FuseVersion.V1, ...wanted });
  const read: Readonly<Record<string, unknown>> = { ...(await getCurrentFuseWire(program)) };
  for (const [fuse, on] of Object.entries(wanted))
    expect([fuse, read[fuse]]).toEqual([fuse, on ? FuseState.ENABLE : FuseState.DISABLE]);
});

const why = typeof electron === "string" ? ` (skipped: ${electron})` : ` (Electron ${electron.version})`;

test.skipIf(typeof electron === "string")(`what is packed, and that it runs${why}`, { timeout: 110_000 }, async () => {
  if (typeof electron === "string") return;
  const { out } = await stageDesktop(root);
  if (electron.old) await stageOld(out);
  // What is said here is laid over electron-builder.yml.
  const own = { electronDist: electron.folder, electronVersion: electron.version, directories: { output: folder } };
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget("dir"),
    // An old Electron has no fuses.
    config: electron.old ? { ...own, electronFuses: null } : own,
  });
  await stageDesktop(root);
  inspect(join(folder, "linux-unpacked/resources"));
  await runPacked(join(folder, "linux-unpacked/refscope-desktop"));
});

/** From its archive, with another engine: plain Node, which stands in for an old Electron's own, reads no archive. */
async function runPacked(program: string): Promise<void> {
  const stage = await setStage();
  if (typeof stage === "string") return;
  const door = spawn(process.execPath, [join(root, "test/browser/serve-scene.ts"), "usual"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const link = await new Promise<string>((done) => door.stdout.once("data", (text) => done(String(text).trim())));
  const { app, page } = await launch(stage, [`--connect=${link}`], { settings: "packed", packed: program });
  const shown = () => page.evaluate(() => document.body.textContent ?? "");
  await expect.poll(shown, { timeout: 20_000 }).toMatch(/gunicorn/);
  expect(await app.evaluate((electron) => electron.app.isPackaged)).toBe(true);
  await app.close();
  door.kill();
  stage.close();
}

function inspect(resources: string): void {
  const packed = listPackage(join(resources, "app.asar"), { isPack: false }).map((path) => path.replaceAll("\\", "/"));
  for (const path of "package.json electron/main.js electron/preload.cjs electron/host/utility.js renderer/index.html engine/engine.js engine/analysis/heap/worker/worker.js engine/diagnosis/signs-worker.js shared/rpc-contract.js node_modules/ws/package.json".split(
    " ",
  ))
    expect(packed).toContain(`/${path}`);
  expect(
    packed.filter((path) =>
      /\.map$|\.tsx?$|\.test\.|\/tests?\/|\.py$|\.c$|\/node_modules\/(?:react|frida|electron)\//.test(path),
    ),
  ).toEqual([]);
  const unpacked = readdirSync(join(resources, "app.asar.unpacked/node_modules/better-sqlite3/prebuilds"));
  expect(unpacked).toContain(`linux-${process.arch}.node`);
  for (const path of ["engine/evidence/reader-program.js", "engine/store/no-journal", "shared/failures.js"])
    expect([path, existsSync(join(resources, "app.asar.unpacked", path))]).toEqual([path, true]);
  for (const path of [
    "node/node",
    `core/refscope-core-${process.arch}.so`,
    "agent.js",
    "bridge.py",
    "frida/frida/__init__.py",
  ])
    expect([path, existsSync(join(resources, path))]).toEqual([path, true]);
}
