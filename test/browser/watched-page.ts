// A browser in; a page that notes each of its frames, its tasks and how long what was pressed took to show, out. Used by budgets.spec.ts and
// bench/renderer.ts.
// A task is told by the time that its thread ran: on a busy machine the clock says how long others ran.
import { type Browser, chromium, type Page } from "@playwright/test";
import * as v from "valibot";
import config from "../../playwright.config.ts";

const viewport = { width: 1360, height: 860 };

export const openBrowser = (): Promise<Browser> => chromium.launch(config.use?.launchOptions ?? {});

export interface Noted {
  /** Milliseconds from frame to frame. */
  readonly frames: readonly number[];
  /** What the page's own thread worked, from frame to frame. */
  readonly work: readonly number[];
  /** How long each task ran. */
  readonly tasks: readonly number[];
  /** From each key or press to the picture that answers it. */
  readonly answers: readonly number[];
}

interface Watched {
  readonly page: Page;
  /** What happened while `work` ran. */
  readonly during: (work: () => Promise<void>) => Promise<Noted>;
  /** After a collection, MB. */
  readonly heapMegabytes: () => Promise<number>;
}

export async function openPage(browser: Browser): Promise<Watched> {
  const page = await browser.newPage({ viewport });
  await page.addInitScript(noteAll);
  const session = await page.context().newCDPSession(page);
  const take = (): Promise<Pick<Noted, "frames" | "answers">> =>
    page.evaluate(() => {
      const take: unknown = Reflect.get(window, "takeNotes");
      return typeof take === "function" ? take() : { frames: [], answers: [] };
    });
  return {
    page,
    during: async (work) => {
      await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
      await take();
      await work();
      const noted = await take();
      return { ...noted, ...workIn(await browser.stopTracing()) };
    },
    heapMegabytes: async () => {
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize / 1e6;
    },
  };
}

const traced = v.object({
  traceEvents: v.array(
    v.object({
      ...{ name: v.string(), pid: v.number(), tid: v.number(), ts: v.optional(v.number()) },
      tdur: v.optional(v.number()),
      args: v.optional(v.object({ name: v.optional(v.unknown()) })),
    }),
  ),
});

function workIn(trace: Buffer): Pick<Noted, "work" | "tasks"> {
  const events = v.parse(traced, JSON.parse(trace.toString())).traceEvents;
  const frames = events.filter(({ name }) => name === "FireAnimationFrame");
  const [first] = frames;
  const own = events.filter(({ name, tid, pid }) => name === "RunTask" && tid === first?.tid && pid === first.pid);
  const begins = frames.map(({ ts = 0 }) => ts).sort((a, b) => a - b);
  const work: number[] = begins.map(() => 0);
  let frame = 0;
  for (const { ts = 0, tdur = 0 } of own.toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0))) {
    while ((begins[frame + 1] ?? Number.POSITIVE_INFINITY) <= ts) frame++;
    work[frame] = (work[frame] ?? 0) + tdur / 1000;
  }
  return { work, tasks: own.map(({ tdur = 0 }) => tdur / 1000) };
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** The long table of the page: so many pixels a frame, down and up again. */
export const scroll = (page: Page, step: number, frames: number): Promise<void> =>
  page.locator(".tall").evaluate(
    (element, [by, times]) =>
      new Promise<void>((done) => {
        let [left, down] = [times ?? 0, true];
        const next = () => {
          if (left-- <= 0) return done();
          const before = element.scrollTop;
          element.scrollTop += down ? (by ?? 0) : -(by ?? 0);
          if (element.scrollTop === before) down = !down;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    [step, frames],
  );

/** Runs in the page. */
function noteAll(): void {
  let noted: { frames: number[]; answers: number[] } = { frames: [], answers: [] };
  let last: number | undefined;
  const frame = (now: number) => {
    if (last !== undefined) noted.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (Number(Reflect.get(entry, "interactionId") ?? 0) > 0) noted.answers.push(entry.duration);
  }).observe(Object.assign({ type: "event" }, { durationThreshold: 16 }));
  Reflect.set(window, "takeNotes", () => {
    const taken = noted;
    noted = { frames: [], answers: [] };
    return taken;
  });
}
