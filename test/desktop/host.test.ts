// In: the staged engine's process under this checkout's Node, with nothing but what lies beside the application. Out: it records a real
// Python, exports what a page may see and nothing else, and stops what records when it is asked to close.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChild } from "../../electron/engine/engine-process.ts";
import { createLocalEngine } from "../../electron/engine/local-engine.ts";
import { engineEnvironment } from "../../electron/places.ts";
import { stageDesktop } from "../../scripts/desktop.mjs";
import { pythons } from "../examples/pythons.ts";

const root = join(import.meta.dirname, "../..");
const home = mkdtempSync(join(tmpdir(), "refscope-host-"));
const [python] = pythons("3.11", "3.12");
let target: ChildProcess;
let staged: { readonly out: string; readonly resources: string };
beforeAll(async () => {
  staged = await stageDesktop(root, join(root, ".cache/desktop-host/app"));
  const program = "import time\nkept = []\nwhile True:\n    kept.append([0] * 50)\n    time.sleep(0.001)\n";
  target = spawn(python?.path ?? "python3", ["-c", program], { stdio: "ignore" });
  await once(target, "spawn");
});
afterAll(() => {
  target.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

/** As the shell starts it. */
function engine() {
  const env = engineEnvironment({ ...process.env, XDG_DATA_HOME: home }, staged.resources);
  return createLocalEngine(startChild(process.execPath, join(staged.out, "electron/host"), env));
}

type Listener = (event: { data: unknown }) => void;

/** A page's port, in this process. */
async function page(link: ReturnType<typeof engine>) {
  const waiting = new Map<number, (answer: unknown) => void>();
  let listener: Listener = () => {};
  const port = {
    on: (name: string, given: Listener) => {
      if (name === "message") listener = given;
    },
    start() {},
    postMessage(text: string) {
      const answer = JSON.parse(text);
      waiting.get(answer.id)?.(answer);
    },
  };
  expect(await link.serve(port as never, () => {})).toMatchObject({ ok: true });
  let count = 0;
  return (method: string, params: object): Promise<unknown> => {
    const id = ++count;
    const answer = new Promise<unknown>((done) => waiting.set(id, done));
    listener({ data: JSON.stringify({ id, method, params }) });
    return answer;
  };
}

test("it records a real Python with what lies beside the application", { timeout: 60_000 }, async () => {
  const link = engine();
  const ask = await page(link);
  const started = await ask("recording.start", { pid: target.pid ?? 0 });
  expect(started).toMatchObject({ ok: true });
  const { path } = (started as { result: { path: string } }).result;
  await expect
    .poll(async () => ((await ask("recording.states", {})) as { result: { bytes: number }[] }).result[0]?.bytes)
    .toBeGreaterThan(0);
  await link.close();
  expect(link.alive()).toBe(false);
  expect(path.startsWith(home)).toBe(true);
  expect(target.exitCode).toBeNull();

  const again = engine();
  const out = join(home, "out.csv");
  expect(await again.export(path, out, "csv")).toEqual({ ok: true, value: null });
  expect(existsSync(out)).toBe(true);
  await again.close();
});

test("a file is a page's to read once the user opened it, and not before", { timeout: 60_000 }, async () => {
  const foreign = join(home, "foreign.refscope");
  copyFileSync(join(root, "test/golden/format-1.refscope"), foreign);
  const link = engine();
  const ask = await page(link);
  expect(await ask("recording.types", { path: foreign })).toMatchObject({ ok: false, error: { code: "no-recording" } });
  expect(await link.export(foreign, join(home, "no.csv"), "csv")).toMatchObject({
    ok: false,
    problem: { code: "no-recording" },
  });
  expect(await link.open(foreign)).toEqual({ ok: true, value: null });
  expect(await ask("recording.types", { path: foreign })).toMatchObject({ ok: true });
  expect(await link.open(join(root, "package.json"))).toMatchObject({ ok: false });
  await link.close();
  expect(await link.open(foreign)).toMatchObject({ ok: false, problem: { code: "engine-lost" } });
});
