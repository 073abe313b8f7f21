// In: test/browser/*.spec.ts. Out: a run in the machine's own Chromium; Playwright's browsers are never downloaded.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { defineConfig } from "@playwright/test";

const real = ["real-target", "start", "library", "diagnosis", "compare", "budgets"].map((name) => `**/${name}.spec.ts`);
const names = ["chromium", "google-chrome", "chromium-browser", "google-chrome-stable"];

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function chromium(): string {
  const chosen = process.env.REFSCOPE_CHROMIUM;
  if (chosen) return chosen;
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable);
  if (found) return found;
  throw new Error("no Chromium found: install the chromium package, or set REFSCOPE_CHROMIUM to one");
}

export default defineConfig({
  testDir: "test/browser",
  outputDir: "test-results",
  workers: 2,
  // Real programs share the machine's ptrace and its two cores: one after another, as in vitest.config.ts. Drawn situations share nothing.
  projects: [
    { name: "real", testMatch: real, workers: 1 },
    { name: "drawn", testMatch: "**/*.spec.ts", testIgnore: real, fullyParallel: true },
  ],
  timeout: 120_000,
  // As in vitest.config.ts.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"], ["json", { outputFile: ".cache/results/playwright.json" }]],
  use: {
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
