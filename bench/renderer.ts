// A real door, a real program of 200,000 events a second, a recording of 1 GB and a table of a million rows in; what a person at the
// page feels of it out: frames, long tasks, answers to keys and presses, memory, the first picture.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { type Noted, openBrowser, openPage, quantile, scroll } from "../test/browser/watched-page.ts";
import { pythons } from "../test/examples/pythons.ts";
import { type Child, startChild } from "./lib/door.ts";
import { median, part, printFigure } from "./lib/figures.ts";
import { mixed, must, recordLarge } from "./lib/large-shapes.ts";

const wanted = {
  frame: "p95 ≤ 16.7 ms",
  task: "≤ 50 ms",
  answer: "≤ 200 ms",
  heap: "≤ 400 MB",
  paint: "≤ 1.5 s",
} as const;
const liveSeconds = 10;
const paintings = 5;
const folder = mkdtempSync(join(tmpdir(), "refscope-bench-"));

function printFrames(name: string, { frames, work, tasks }: Noted): void {
  const p95 = (values: readonly number[]) => quantile(values, 0.95).toFixed(1);
  const clock = `p95 ${p95(frames)} ms by the clock, ${p95(work)} ms of them its own work`;
  printFigure({ name: `renderer ${name}: frames`, value: clock, wanted: wanted.frame, runs: frames.length });
  const longest = `${Math.max(0, ...tasks).toFixed(1)} ms`;
  printFigure({ name: `renderer ${name}: longest task`, value: longest, wanted: wanted.task, runs: tasks.length });
}

const serve = (): Promise<Child> =>
  startChild(process.execPath, ["cli/main.ts", "serve", "--quiet"], { ...process.env, XDG_DATA_HOME: folder });

const follow = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).first().click();

async function live(browser: Browser): Promise<void> {
  const [python] = pythons("3.11");
  const target = await startChild(python?.path ?? "python3", ["bench/targets/storm.py"]);
  const door = await serve();
  const { page, during, heapMegabytes } = await openPage(browser);
  try {
    await page.goto(door.first);
    await page.getByRole("button", { name: target.first, exact: true }).click();
    for (const name of [/^GIL/, /^errors/]) await page.getByRole("checkbox", { name }).check();
    await page.getByRole("button", { name: "Record", exact: true }).click();
    await page.getByRole("figure", { name: "Live objects" }).waitFor();
    for (const [link, ready] of [
      ["Live", page.getByRole("figure", { name: "Live objects" })],
      ["What grows", page.getByRole("table", { name: "Sites" })],
      ["GIL", page.getByRole("list", { name: "Threads" }).getByRole("button").first()],
      ["Errors", page.getByRole("table", { name: "Errors by type" })],
    ] as const) {
      await follow(page, link);
      await ready.waitFor();
      const noted = await during(() => page.waitForTimeout(liveSeconds * 1000));
      const rate = (await page.getByRole("contentinfo").textContent())?.match(/[\d.,]+ ?[kM]?\/s/)?.[0] ?? "?";
      printFrames(`${link} at ${rate} events`, noted);
    }
    const { answers } = await during(() => journey(page));
    const value = `${quantile(answers, 0.98).toFixed(0)} ms, median ${median(answers).toFixed(0)} ms`;
    printFigure({
      name: "renderer live: interaction to next paint",
      value,
      wanted: wanted.answer,
      runs: answers.length,
    });
    const heap = `${(await heapMegabytes()).toFixed(1)} MB`;
    printFigure({ name: "renderer live: heap after it", value: heap, wanted: wanted.heap, runs: 1 });
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByRole("banner").getByText("recorded").waitFor();
  } finally {
    await page.close();
    await door.end();
    target.child.kill("SIGKILL");
  }
}

/** Each screen by its link and by its keys; tables sorted and walked, rows opened, words typed. */
async function journey(page: Page): Promise<void> {
  for (const link of ["Processes", "Live", "What grows", "GIL", "Errors", "Recordings"]) {
    await follow(page, link);
    await page.waitForTimeout(300);
  }
  for (const letter of ["l", "w", "g", "e", "s", "o", "r", "p", "w"]) {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await page.waitForTimeout(300);
  }
  const sites = page.getByRole("table", { name: "Sites" });
  await sites.getByRole("columnheader").getByRole("button").first().click();
  await sites.locator("[data-row]").first().click();
  for (const key of ["ArrowDown", "ArrowDown", "PageDown", "End", "Home", "Enter"]) await page.keyboard.press(key);
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("storm", { delay: 60 });
  await page.waitForTimeout(300);
}

async function millionRows(browser: Browser): Promise<void> {
  const door = await startChild(process.execPath, ["test/browser/serve-scene.ts", "million"]);
  const { page, during } = await openPage(browser);
  try {
    await page.goto(`${door.first}&to=${encodeURIComponent("/snapshot?table=objects")}`);
    await page.getByRole("table", { name: "Objects" }).waitFor();
    for (const [name, step] of [
      ["10 rows a frame", 150],
      ["3,000 rows a frame", 45_000],
    ] as const) {
      printFrames(`a million rows, ${name}`, await during(() => scroll(page, step, 300)));
    }
    const { answers } = await during(async () => {
      await page.getByRole("table", { name: "Objects" }).locator("[data-row]").first().focus();
      for (let at = 0; at < 40; at++) await page.keyboard.press(at % 4 === 3 ? "PageDown" : "ArrowDown");
      await page.waitForTimeout(200);
    });
    const value = `${quantile(answers, 0.98).toFixed(0)} ms`;
    printFigure({ name: "renderer a million rows: key to paint", value, wanted: wanted.answer, runs: answers.length });
  } finally {
    await page.close();
    await door.end();
  }
}

async function firstPaint(browser: Browser): Promise<void> {
  const library = join(folder, "refscope/recordings");
  mkdirSync(library, { recursive: true });
  const file = join(library, "large.refscope");
  must(recordLarge(file, mixed, 2 ** 30).finish(undefined));
  for (const [screen, ready] of [
    ["grows", "table[aria-label='Sites'] [data-row]"],
    ["live", ".chart svg path"],
  ] as const) {
    const times: number[] = [];
    let heap = 0;
    for (let run = 0; run < paintings; run++) {
      const door = await serve();
      const { page, heapMegabytes } = await openPage(browser);
      const to = `/${screen}?path=${encodeURIComponent(file)}`;
      const started = performance.now();
      await page.goto(`${door.first}&to=${encodeURIComponent(to)}`);
      // At each frame: a locator looks every half second.
      await page.waitForFunction((shown) => document.querySelector(shown) !== null, ready, { polling: "raf" });
      times.push(performance.now() - started);
      heap = Math.max(heap, await heapMegabytes());
      await page.close();
      await door.end();
    }
    const value = `${(median(times) / 1000).toFixed(2)} s`;
    printFigure({ name: `renderer 1 GB, ${screen}: first paint`, value, wanted: wanted.paint, runs: paintings });
    printFigure({
      name: `renderer 1 GB, ${screen}: heap`,
      value: `${heap.toFixed(1)} MB`,
      wanted: wanted.heap,
      runs: 1,
    });
  }
}

const { values } = parseArgs({ options: { part: { type: "string", multiple: true } } });
const parts: Readonly<Record<string, (browser: Browser) => Promise<void>>> = {
  live,
  rows: millionRows,
  paint: firstPaint,
};
const browser = await openBrowser();
try {
  for (const name of values.part ?? Object.keys(parts))
    await part(`renderer ${name}`, async () => parts[name]?.(browser));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
