// A situation in, the followed objects and the changes of their counts in it out. Next: scene.ts.
import type { Histories, History, HistoryEvent } from "../../shared/documents.ts";
import type { HistorySteps, ObjectSteps } from "../../shared/history-views.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

const leaky = "/srv/venv/lib/python3.12/site-packages/leaky.cpython-312-x86_64-linux-gnu.so";
const python = "/usr/local/bin/python3.12";
const source = "/build/leaky/leaky.c";

type Native = HistoryEvent["native"];
const inC = (name: string, line: number): Native => [
  { module: python, function: "PyObject_GetAttrString", file: null, line: null },
  { module: leaky, function: name, file: source, line },
  { module: python, function: "cfunction_vectorcall_O", file: null, line: null },
];
const inPython: Native = [{ module: python, function: "_PyEval_EvalFrameDefault", file: null, line: null }];

/** In each turn one function keeps a reference, another gives its own back, and Python code lends one. */
function eventsOf(turns: number): HistoryEvent[] {
  let refcount = 4;
  const change = (turn: number, step: number, delta: number, native: Native, line: number): HistoryEvent => {
    refcount += delta;
    const frame = { function: "serve", file: "/srv/shop/views.py", line };
    return {
      t: 12_000 + turn * 410 + step * 0.0173,
      delta,
      refcount,
      threadId: turn % 5 === 4 ? 41299 : 41277,
      python: frame,
      native,
    };
  };
  return Array.from({ length: turns }, (_, turn) => [
    change(turn, 0, 1, inPython, 60),
    change(turn, 1, 1, inC("good_getattr", 31), 61),
    change(turn, 2, -1, inC("good_getattr", 33), 61),
    ...(turn % 2 === 0 ? [change(turn, 3, 1, inC("leak_getattr", 18), 62)] : []),
    change(turn, 4, -1, inPython, 62),
  ]).flat();
}

const turns = 400;
const shown = 600;

const stepsOf = (events: readonly HistoryEvent[], more: Partial<ObjectSteps> = {}): ObjectSteps => {
  const every = Math.max(1, Math.ceil(events.length / (shown - 1)));
  const points = events.filter((_, at) => at % every === 0 || at === events.length - 1);
  return {
    address: "0x7f3a5c0e41b0",
    type: "str",
    state: "followed",
    complete: true,
    dropped: 0,
    changes: events.length,
    first: 4,
    last: events.at(-1)?.refcount ?? 4,
    points: points.map(({ t, refcount }) => ({ t, refcount })),
    ...more,
  };
};

interface Situation {
  readonly steps: ObjectSteps;
  readonly events: readonly HistoryEvent[];
}

function situation(scene: Scene): readonly Situation[] {
  const all = eventsOf(turns);
  if (scene === "quiet") return [{ steps: stepsOf([]), events: [] }];
  if (scene === "ended") {
    const last = all.slice(0, 4);
    const freed: HistoryEvent[] = [
      ...last.slice(0, 3),
      ...[4, 3, 2, 1, 0].map((refcount, at) => ({
        t: 13_000 + at,
        delta: -1,
        refcount,
        threadId: 41277,
        python: null,
        native: inPython,
      })),
    ];
    return [{ steps: stepsOf(freed, { state: "freed", dropped: 2, complete: false }), events: freed }];
  }
  if (scene === "hostile") {
    const events = all.slice(0, 40).map((event) => ({
      ...event,
      python: { function: hostile, file: hostile, line: 1 },
      native: [{ module: hostile, function: hostile, file: hostile, line: 1 }],
    }));
    return [{ steps: stepsOf(events, { type: hostile }), events }];
  }
  const other = stepsOf([], { address: "0x7f3a5c0e9930", type: "shop.models.Order" });
  return [
    { steps: stepsOf(all), events: all },
    { steps: other, events: [] },
  ];
}

export function historySteps(scene: Scene): HistorySteps | null {
  return scene === "uncollected" ? null : { objects: situation(scene).map(({ steps }) => steps) };
}

export function historyReport(scene: Scene, limit: number): Histories | null {
  if (scene === "uncollected") return null;
  const histories = situation(scene).map(({ steps, events }): History => {
    const { address, type, dropped, complete, state } = steps;
    return {
      schema: "refscope.history/1",
      object: { address, type },
      complete,
      dropped,
      events: events.slice(-limit),
      net: netOf(events),
      freed: state === "freed",
    };
  });
  return { schema: "refscope.histories/1", histories };
}

function netOf(events: readonly HistoryEvent[]): History["net"] {
  const rows = new Map<string, History["net"][number]>();
  for (const { native, delta } of events) {
    const own = native.find(({ module }) => module !== python);
    const row = own
      ? { module: own.module, function: own.function ?? "?" }
      : { module: python, function: "(interpreter)" };
    const known = rows.get(row.function);
    rows.set(row.function, { ...row, delta: (known?.delta ?? 0) + delta });
  }
  return [...rows.values()].sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
}
