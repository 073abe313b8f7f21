// Nothing in, doors with their links, watched pages and a leaking Python program out; all are gone when a test ends.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { pythons } from "../examples/pythons.ts";
import { buildExtension } from "../fixtures/build-extension.ts";
import type { Scene } from "./scene-rows.ts";

const root = resolve(import.meta.dirname, "../..");

export interface Door {
  readonly url: string;
  readonly child: ChildProcess;
}
export interface RealDoor extends Door {
  /** Where its recordings are. */
  readonly library: string;
  /** Another one at the same address and on the same library, after the first has ended. */
  readonly again: () => Promise<Door>;
}
interface Program {
  readonly pid: number;
  readonly kill: () => void;
}
interface Fixtures {
  /** A door on a drawn situation. */
  readonly scene: (name: Scene, port?: number) => Promise<Door>;
  /** The real command line interface, with a library of its own. */
  readonly realDoor: RealDoor;
  /** The same as a user who may not trace the programs of this test; undefined where nobody can be made one. */
  readonly nobodysDoor: Door | undefined;
  /** A program of this repository under a real Python. */
  readonly program: (path: string) => Promise<Program>;
  /** leaking.py with its extension, under a real Python; undefined where none can be built. */
  readonly leaking: (Program & { readonly address: string }) | undefined;
  /** What broke a rule of the page: reports of its policy, errors, requests to elsewhere. */
  readonly trouble: readonly string[];
}

export const test = base.extend<Fixtures>({
  scene: async ({ page: _ }, use) => {
    const children: ChildProcess[] = [];
    await use(async (name, port = 0) => {
      const child = spawn(process.execPath, [join(root, "test/browser/serve-scene.ts"), name, String(port)], piped);
      children.push(child);
      return { url: await firstLine(child), child };
    });
    await Promise.all(children.map(end));
  },
  realDoor: async ({ page: _ }, use) => {
    const home = mkdtempSync(join(tmpdir(), "refscope-browser-"));
    const children: ChildProcess[] = [];
    const open = async (port: number): Promise<Door> => {
      const child = startDoor(home, port);
      children.push(child);
      return { url: await firstLine(child), child };
    };
    const door = await open(0);
    await use({
      ...door,
      library: join(home, "refscope", "recordings"),
      again: () => open(Number(new URL(door.url).port)),
    });
    await Promise.all(children.map(end));
    rmSync(home, { recursive: true, force: true });
  },
  nobodysDoor: async ({ page: _ }, use) => {
    const isRoot = process.getuid?.() === 0;
    const home = mkdtempSync(join(tmpdir(), "refscope-nobody-"));
    if (isRoot) chownSync(home, nobody.uid, nobody.gid);
    const child = isRoot ? startDoor(home, 0, nobody) : undefined;
    await use(child && { url: await firstLine(child), child });
    if (child) await end(child);
    rmSync(home, { recursive: true, force: true });
  },
  program: async ({ page: _ }, use) => {
    const children: ChildProcess[] = [];
    const [python] = pythons("3.12", "3.11", "3.13");
    await use(async (path) => {
      const child = spawn(python?.path ?? "python3", [join(root, path)], { stdio: "ignore" });
      children.push(child);
      await once(child, "spawn");
      return { pid: child.pid ?? 0, kill: () => child.kill("SIGKILL") };
    });
    for (const child of children) child.kill("SIGKILL");
  },
  leaking: async ({ page: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "refscope-leaking-"));
    const [python] = pythons("3.12", "3.11", "3.13");
    const program = python?.path ?? "python3";
    const built = buildExtension(program, join(root, "test/agent/watched.c"), folder);
    const child = built
      ? spawn(program, [join(root, "test/browser/leaking.py"), folder], { stdio: ["ignore", "pipe", "inherit"] })
      : undefined;
    const address = child && (await firstLine(child));
    await use(child && address ? { pid: child.pid ?? 0, kill: () => child.kill("SIGKILL"), address } : undefined);
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  },
  trouble: async ({ page }, use) => {
    const trouble: string[] = [];
    await watch(page, trouble);
    await use(trouble);
  },
});
export { expect };

const piped: { stdio: ["pipe", "pipe", "inherit"] } = { stdio: ["pipe", "pipe", "inherit"] };

const nobody = { uid: 65534, gid: 65534 };

const startDoor = (home: string, port: number, as: Partial<typeof nobody> = {}): ChildProcess =>
  spawn(process.execPath, [join(root, "cli/main.ts"), "serve", "--quiet", "--port", String(port)], {
    ...{ ...piped, ...as, cwd: root },
    env: { ...process.env, XDG_DATA_HOME: home },
  });

/** Not by iterating: that would close the stream, and there is more to come. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += String(chunk);
      if (text.includes("\n")) done(text.split("\n")[0] ?? "");
    });
    child.once("exit", (code) => failed(new Error(`it ended with ${code} before it printed a line`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGINT");
  await gone;
}

async function watch(page: Page, trouble: string[]): Promise<void> {
  await page.exposeFunction("toldOfViolation", (text: string) => trouble.push(`policy: ${text}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const tell: unknown = Reflect.get(window, "toldOfViolation");
      if (typeof tell === "function") tell(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => trouble.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (!/^https?:\/\/127\.0\.0\.1:/.test(request.url())) trouble.push(`request: ${request.url()}`);
  });
}
