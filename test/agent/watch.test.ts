// Objects of real processes whose counts change in known ways in, every change told out; and the process as it was, however it ends.
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { everyPython, half, type Python, pythonsOf } from "./pythons.ts";
import { endTargets, startTarget, type Target } from "./target.ts";
import { breakpointsOf, handlesTrap, importWatched, type Watching, watch } from "./watched.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(() => gateway.close());

const program = `
class Box: pass
boxes = [Box() for _ in range(8)]
box = Box(); box.payload = ["payload"] * 3
def address(o): return hex(id(o))
def in_thread(work, *given):
    thread = threading.Thread(target=work, args=given)
    thread.start()
    return thread
reply()
`;

async function withExtension(python: Python): Promise<Target | undefined> {
  const words = importWatched(python);
  if (words === undefined) {
    console.info(`left out on ${python.name}: its headers or a compiler are missing`);
    return undefined;
  }
  const target = await startTarget(python);
  await target.ask(`${words}${program}`);
  return target;
}

async function following(target: Target, ...objects: readonly string[]): Promise<Watching> {
  const watching = await watch(gateway, target.pid);
  const addresses = await Promise.all(objects.map((object) => target.ask(`reply(address(${object}))`)));
  expect(await watching.follow(...addresses)).toMatchObject({ kind: "armed" });
  expect(breakpointsOf(target.pid)).toBeGreaterThan(0);
  return watching;
}

/** Nothing lost, and nothing left. */
async function ended(watching: Watching, target: Target, handled: boolean): Promise<void> {
  await watching.stop();
  expect(watching.told.said).toEqual([]);
  for (const state of watching.told.states) {
    expect(state).toMatchObject({ dropped: 0, produced: watching.told.of(state.id).length });
    expect(watching.told.gaps(state.id)).toBe(0);
  }
  await watching.leave();
  expect(breakpointsOf(target.pid)).toBe(0);
  await handles(target, handled);
}

/** Frida has a handler of its own, up to a moment after it has left. */
const handles = (target: Target, handled: boolean): Promise<void> =>
  vi.waitFor(() => expect(handlesTrap(target.pid)).toBe(handled), { timeout: 5000, interval: 20 });

it.each(everyPython)("every change over two threads of $name", { timeout: 60_000 }, async (python) => {
  const target = await withExtension(python);
  if (target === undefined) return;
  const watching = await following(target, "boxes[0]");
  await target.ask("watched.bump(boxes[0], 5000)\nreply()");
  await target.ask("def work(): watched.bump(boxes[0], 5000)\nin_thread(work).join(); reply()");
  await ended(watching, target, false);
  const own = watching.told.own();
  expect(own).toHaveLength(20_000);
  expect(own.reduce((sum, { delta }) => sum + delta, 0)).toBe(0);
  expect(new Set(own.map(({ thread }) => thread)).size).toBe(2);
  expect(new Set(own.map((change) => change.function))).toEqual(new Set(["<module>", "work"]));
  await target.ask("watched.bump(boxes[0], 5000); reply()");
});

it.each(half(1, everyPython))("without an extension, in $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(
    `${program}\nkept = []\ndef keep(o):\n    for _ in range(500): kept.append(o)\n    return len(kept)`,
  );
  const watching = await following(target, "boxes[0]");
  expect(await target.ask("reply(keep(boxes[0]))")).toBe(500);
  await ended(watching, target, false);
  const { changes, states } = watching.told;
  expect(states).toMatchObject([{ state: "left" }]);
  expect(changes.reduce((sum, { delta }) => sum + delta, 0)).toBe(500);
  expect(changes.filter((change) => change.function === "keep").length).toBeGreaterThanOrEqual(500);
  // Up to the evaluator, in the end: the stack was followed by its tables.
  expect(Math.max(...changes.map(({ native }) => native.length))).toBeLessThan(24);
});

it.each(half(1, pythonsOf(308, 311, 312, 313)))(
  "four objects at once, in $name; a thread of C's",
  { timeout: 60_000 },
  async (python) => {
    const target = await withExtension(python);
    if (target === undefined) return;
    const watching = await following(target, "boxes[0]", "boxes[1]", "boxes[2]", "boxes[3]");
    await target.ask("for i in range(4): watched.bump_in_thread(boxes[i], 100 * (i + 1))\nreply()");
    await ended(watching, target, false);
    for (const object of [0, 1, 2, 3]) {
      const own = watching.told.own(object);
      expect(own).toHaveLength(200 * (object + 1));
      expect(own[0]?.function).toBeUndefined();
    }
  },
);

it.each(half(0, everyPython))("the free ends it, in $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(program);
  await target.ask("class Other: __slots__ = ('a',)\nmortal = [Other()]; others = []\nreply()");
  const watching = await following(target, "mortal[0]");
  await target.ask(
    "mortal.clear()\nfor _ in range(2000): others.append(Other())\nfor o in others: kept = o\nothers.clear(); reply()",
  );
  await ended(watching, target, false);
  expect(watching.told.changes.at(-1)).toMatchObject({ delta: -1, count: 0 });
  expect(watching.told.states).toMatchObject([{ state: "freed", count: 0 }]);
});

it.each(half(1, everyPython))("children of $name are not followed, and go on", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(
    `${program}
import subprocess
def use(n):
    for _ in range(n): kept = [boxes[0]]
def by_fork():
    child = os.fork()
    if child == 0:
        use(2000)
        left = [name for name in os.listdir("/proc/self/fd") if "perf" in (os.readlink("/proc/self/fd/" + name) if os.path.islink("/proc/self/fd/" + name) else "")]
        os._exit(len(left))
    return os.waitpid(child, 0)[1]
def by_subprocess():
    return subprocess.run([sys.executable, "-c", "pass"]).returncode
`.replace("\nreply()\n", "\n") + "\nreply()",
  );
  const watching = await following(target, "boxes[0]");
  for (let round = 0; round < 5; round++)
    expect(await target.ask("use(10); reply([by_fork(), by_subprocess()])")).toEqual([0, 0]);
  await ended(watching, target, false);
  expect(new Set(watching.told.changes.map(({ thread }) => thread))).toEqual(new Set([target.pid]));
  expect(watching.told.changes.length).toBeLessThan(2000);
  await target.ask("use(1000); reply()");
});

it.each(half(0, pythonsOf(308, 311, 312, 313)))(
  "a handler of SIGTRAP in $name keeps what is its own",
  { timeout: 60_000 },
  async (python) => {
    const target = await withExtension(python);
    if (target === undefined) return;
    const raise = "os.kill(os.getpid(), signal.SIGTRAP); time.sleep(0.05)";
    await target.ask("watched.handle_trap(); reply()");
    const before = await following(target, "boxes[0]");
    expect(await target.ask(`watched.bump(boxes[0], 50); ${raise}; reply(watched.trapped()[0])`)).toBe(1);
    await ended(before, target, true);
    expect(before.told.own()).toHaveLength(100);
    expect(await target.ask(`${raise}; reply(watched.trapped())`)).toEqual([2, 1]);
    await target.ask("signal.signal(signal.SIGTRAP, signal.SIG_DFL); reply()");
    const during = await following(target, "boxes[0]");
    expect(await target.ask("reply(signal.getsignal(signal.SIGTRAP) == signal.SIG_DFL)")).toBe(true);
    await target.ask("mine = []\nsignal.signal(signal.SIGTRAP, lambda *_: mine.append(1))\nreply()");
    expect(await target.ask(`watched.bump(boxes[0], 50); ${raise}; reply(len(mine))`)).toBe(1);
    expect(
      await target.ask(`watched.handle_trap(); watched.bump(boxes[0], 50); ${raise}; reply(watched.trapped())`),
    ).toEqual([3, 1]);
    await during.stop();
    expect(during.told.own()).toHaveLength(200);
    expect(during.told.gaps()).toBe(0);
    expect(await target.ask(`${raise}; reply(watched.trapped())`)).toEqual([4, 1]);
    // Frida itself, when it leaves, puts back the handler that it found when it came.
    await during.leave();
    await target.ask(`watched.handle_trap(); ${raise}; reply()`);
  },
);

it.each(pythonsOf(308, 311, 313))(
  "what a thread of $name misses because it blocks signals is counted",
  { timeout: 60_000 },
  async (python) => {
    const target = await withExtension(python);
    if (target === undefined) return;
    await target.ask(`
go = threading.Event(); done = threading.Event(); free = threading.Event()
def blocked():
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
    go.wait(); watched.bump(boxes[0], 100); done.set()
    free.wait(); signal.pthread_sigmask(signal.SIG_UNBLOCK, range(1, 32)); mine.append(1)
mine = []
thread = in_thread(blocked)
reply()`);
    const watching = await following(target, "boxes[0]");
    await target.ask("go.set(); done.wait(); watched.bump(boxes[0], 100); reply()");
    await watching.stop();
    const [state] = watching.told.states;
    expect(state?.dropped).toBeGreaterThanOrEqual(199);
    expect(watching.told.own().filter(({ thread }) => thread === target.pid)).toHaveLength(200);
    await watching.leave();
    expect(breakpointsOf(target.pid)).toBe(0);
    await handles(target, false);
    // The one that waited in the thread is gone: it would end the process now.
    expect(await target.ask("free.set(); thread.join(); reply(mine)")).toEqual([1]);
  },
);

it.each(half(0, everyPython))("what is no object of $name is refused", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(program);
  const number = await target.ask(
    "import ctypes; junk = ctypes.create_string_buffer(b'junk' * 64); reply(hex((ctypes.addressof(junk) + 15) // 16 * 16))",
  );
  const watching = await watch(gateway, target.pid);
  for (const address of ["0x10", "0x7", "0xffffffffffffff00", number])
    expect(await watching.follow(address)).toMatchObject({ kind: "refused", code: "not-an-object" });
  if (python.version >= 312) {
    const none = await target.ask("reply(hex(id(None)))");
    expect(await watching.follow(none)).toMatchObject({
      kind: "refused",
      code: "immortal-object",
      values: { type: "NoneType" },
    });
  }
  expect(breakpointsOf(target.pid)).toBe(0);
  await watching.leave();
  await handles(target, false);
  await target.ask("reply()");
});

const ends: readonly (readonly [how: string, program: string, code: string])[] = [
  ["exits", "sys.exit(3)", "3"],
  ["exits at once", "os._exit(4)", "4"],
  ["becomes another program", "os.execv('/bin/sh', ['sh', '-c', 'exit 5'])", "5"],
  ["aborts", "os.abort()", "SIGABRT"],
  ["raises SIGTRAP", "os.kill(os.getpid(), signal.SIGTRAP)", "SIGTRAP"],
];
it.each(
  pythonsOf(308, 311, 312, 313).flatMap((python) =>
    ends.map(([how, words, code]) => ({ python, how, words, code, name: python.name })),
  ),
)("$name $how while it is followed", { timeout: 60_000 }, async ({ python, words, code }) => {
  const target = await startTarget(python);
  await target.ask(program);
  await target.ask(
    "def use():\n    while True: kept = [boxes[0]]; time.sleep(0.001)\nthreading.Thread(target=use, daemon=True).start(); reply()",
  );
  const watching = await following(target, "boxes[0]");
  target.say(words);
  expect(await target.ended).toBe(code);
  watching.silence();
  await watching.session.detached;
});
