// A staged application in, the running one with its window out, driven by Playwright; everything it started is gone afterwards.
// Next: shell.test.ts, wishes.test.ts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { stageDesktop } from "../../scripts/desktop.mjs";
import { type FoundElectron, findElectron } from "./find-electron.ts";
import { stageOld } from "./old/stage.ts";
import { openDisplay, type XDisplay } from "./screen.ts";

const root = join(import.meta.dirname, "../..");
const startsWithinMs = 30_000;

export interface Stage {
  readonly electron: FoundElectron;
  readonly app: string;
  readonly display: XDisplay;
  readonly home: string;
  close(): void;
}

/** A text says why there is none. */
export async function setStage(): Promise<Stage | string> {
  const electron = findElectron();
  if (typeof electron === "string") return electron;
  const display = await openDisplay();
  if (typeof display === "string") return display;
  const { out } = await stageDesktop(root, join(root, ".cache/desktop-test/app"));
  if (electron.old) await stageOld(out);
  const home = mkdtempSync(join(tmpdir(), "refscope-desktop-"));
  return { electron, app: out, display, home, close: () => closeStage(display, home) };
}

function closeStage(display: XDisplay, home: string): void {
  display.close();
  rmSync(home, { recursive: true, force: true });
}

export interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Errors of the page, and breaches of its policy as the browser itself reports them, since it was loaded or last asked. */
  trouble(): Promise<readonly string[]>;
}

export function environment({ display, home }: Stage): Record<string, string> {
  const { DISPLAY: _, ...own } = process.env;
  const inherited = Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return {
    ...Object.fromEntries(inherited),
    DISPLAY: display.name,
    XDG_DATA_HOME: home,
    REFSCOPE_NODE: process.execPath,
    // Its own check runs a script from a text, which the policy refuses.
    ELECTRON_DISABLE_SECURITY_WARNINGS: "true",
  };
}

/** A folder of settings each, unless they are to meet. */
export const words = (stage: Stage, more: readonly string[], settings = "settings"): string[] => [
  ...["--no-sandbox", "--disable-gpu", `--user-data-dir=${join(stage.home, settings)}`],
  ...[stage.app, ...more],
];

interface Launched {
  readonly settings?: string;
  /** The program of a packed application. */
  readonly packed?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function launch(
  stage: Stage,
  more: readonly string[] = [],
  { settings = "settings", packed, env = {} }: Launched = {},
): Promise<Running> {
  const app = await _electron.launch({
    executablePath: packed ?? stage.electron.program,
    // A packed application is its own program, and knows itself where it lies.
    args: words(stage, more, settings).filter((word) => packed === undefined || word !== stage.app),
    env: { ...environment(stage), ...env },
    timeout: startsWithinMs,
    // Playwright's own choice would stand before the application's.
    colorScheme: null,
  });
  const page = await app.firstWindow().catch(async (error) => {
    await app.close();
    throw error;
  });
  await app.context().addInitScript(noteBreaches);
  await page.evaluate(noteBreaches);
  const said: string[] = [];
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") said.push(message.text());
  });
  const trouble = async () => {
    const breaches = await page.evaluate((): string[] => Reflect.get(window, "breaches").splice(0));
    return [...breaches, ...said.splice(0)];
  };
  return { app, page, trouble };
}

/** Run in the page. */
function noteBreaches(): void {
  if (Reflect.has(window, "breaches")) return;
  const breaches: string[] = [];
  Object.assign(window, { breaches });
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, sample }) => {
    breaches.push([violatedDirective, blockedURI, sourceFile, sample].join(" "));
  });
}
