// A situation in, its stacks, and what two recordings of it differ by, out. Next: scene.ts.
import { flameTree, type WeighedStack } from "../../engine/analysis/flame.ts";
import { comparisonMarkdown } from "../../engine/report/comparison.ts";
import type { Comparison, ComparisonRow } from "../../shared/comparison-document.ts";
import type { Frame, SessionRow } from "../../shared/documents.ts";
import { failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { Flame, FlameMeasure } from "../../shared/flame.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";
import { sourceAround } from "./source-scene.ts";

const packages = "/usr/lib/python3/dist-packages";
const at: Readonly<Record<string, readonly [string, number]>> = {
  "<module>": ["/srv/shop/wsgi.py", 9],
  run: [`${packages}/gunicorn/app/base.py`, 71],
  run_wsgi: [`${packages}/gunicorn/workers/sync.py`, 176],
  __call__: ["/srv/shop/wsgi.py", 22],
  handle: ["/srv/shop/views.py", 118],
  remember: ["/srv/shop/cache.py", 41],
  _key: ["/srv/shop/cache.py", 29],
  render: ["/srv/shop/pdf.py", 77],
  draw: ["/srv/shop/pdf.py", 131],
  items: ["/srv/shop/models.py", 203],
  loads: ["/usr/lib/python3.12/json/__init__.py", 346],
  decode: ["/usr/lib/python3.12/json/decoder.py", 337],
  raw_decode: ["/usr/lib/python3.12/json/decoder.py", 353],
  _bootstrap: ["/usr/lib/python3.12/threading.py", 1030],
  _run: ["/usr/lib/python3.12/threading.py", 1073],
  poll: ["/srv/shop/jobs.py", 58],
  fetch: [`${packages}/requests/api.py`, 73],
};
/** A way down, and what its last frame allocated: of A, of B. */
const drawn: readonly (readonly [string, number, number])[] = [
  ["<module> run run_wsgi __call__ handle remember", 160, 12],
  ["<module> run run_wsgi __call__ handle remember _key", 44, 3],
  ["<module> run run_wsgi __call__ handle items", 9, 10],
  ["<module> run run_wsgi __call__ handle loads decode raw_decode", 31, 33],
  ["<module> run run_wsgi __call__ handle", 4, 4],
  ["<module> run run_wsgi __call__ render draw", 26, 61],
  ["<module> run run_wsgi __call__ render", 6, 9],
  ["<module> run run_wsgi", 3, 3],
  ["_bootstrap _run poll fetch loads decode raw_decode", 14, 14],
  ["_bootstrap _run poll", 5, 0],
  ["_bootstrap _run poll items", 0, 7],
];
const scale = { bytes: 1 << 20, objects: 4100, allocated: 61_000, growth: 700 } as const satisfies Record<
  FlameMeasure,
  number
>;

function stacks(scene: Scene, side: 1 | 2, measure: FlameMeasure): readonly WeighedStack[] {
  if (scene === "empty" || scene === "quiet") return [];
  const frameOf = (name: string): Frame => {
    const [file = "?", line = 1] = at[name] ?? [];
    // One keeps its name, so that it can be asked for.
    return scene === "hostile" && name !== "loads"
      ? { function: name + hostile, file: `${file}${hostile}`, line }
      : { function: name, file, line };
  };
  return drawn.map((row) => {
    const frames = row[0].split(" ").reverse().map(frameOf);
    return { frames: scene === "uncollected" ? frames.slice(0, 1) : frames, weight: row[side] * scale[measure] };
  });
}

function flame(scene: Scene, measure: FlameMeasure, compares: boolean): Flame {
  const tree = flameTree(stacks(scene, compares ? 2 : 1, measure), compares ? stacks(scene, 1, measure) : undefined);
  return { measure, seconds: 252, deepest: scene === "uncollected" ? 1 : 16, ...tree };
}

const frame = (name: string): Frame => {
  const [file = "?", line = 1] = at[name] ?? [];
  return { function: name, file, line };
};
const row = (
  verdict: ComparisonRow["verdict"],
  type: string | null,
  stack: string,
  [a, b, noise]: readonly [number, number, number],
  unit = "objects/second",
): ComparisonRow => ({
  ...{ verdict, type, site: stack.split(" ").reverse().map(frame), a, b, delta: b - a, unit, noise },
  significant: verdict !== "same",
});
const handled = "<module> run run_wsgi __call__ handle";
const rows: readonly ComparisonRow[] = [
  row("new-leak", "shop.models.Item", "_bootstrap _run poll items", [0, 14.2, 0.8]),
  row("worse", null, "<module> run run_wsgi __call__ render draw", [18_200, 42_700, 900], "bytes/second"),
  row("fixed", "dict", `${handled} remember`, [200.1, 0, 3.1]),
  row("fixed", "str", `${handled} remember _key`, [76.4, 0, 1.7]),
  row("improved", "list", "_bootstrap _run poll fetch loads decode raw_decode", [9.4, 3.1, 0.4]),
  row("same", "tuple", `${handled} items`, [1.2, 1.3, 0.4]),
];

/** As the library has it. */
function side(path: string, sessions: readonly SessionRow[]): Comparison["a"] {
  const row = sessions.find((session) => session.path === path);
  const { startedAt, python, seconds, dropped } = row ?? {};
  return {
    ...{ path, startedAt: startedAt ?? "2026-05-03T14:07:22", python: python ?? "3.12.1" },
    ...{ seconds: seconds ?? 252, runs: 1, dropped: dropped ?? 0 },
  };
}

/** What is live at two marks of one recording, and what was made and freed between them. */
const state = (
  verdict: ComparisonRow["verdict"],
  type: string,
  stack: string,
  [a, b, made]: readonly [number, number, number],
): ComparisonRow => ({
  ...row(verdict, type, stack, [a, b, 0], "objects"),
  between: { made, freed: made - (b - a) },
});
const states: readonly ComparisonRow[] = [
  state("worse", "dict", `${handled} remember`, [12_400, 37_960, 25_560]),
  state("same", "str", `${handled} remember _key`, [4_800, 5_100, 61_200]),
  state("same", "list", "_bootstrap _run poll fetch loads decode raw_decode", [3_020, 1_280, 18_400]),
];

type Two = RpcParams<"recording.compare">;

function comparison(scene: Scene, { a, b, marks, since }: Two, sessions: readonly SessionRow[]): Comparison {
  const head = { schema: "refscope.comparison/1", a: side(a, sessions), b: side(b, sessions) } as const;
  const notObserved = ["Objects that existed before attaching have no allocation site."];
  if (scene === "uncollected")
    return {
      ...head,
      b: { ...head.b, python: "3.13.0" },
      ...{ verdict: "incomparable", notObserved: [], rows: [], of: 0 },
      reasons: ["A ran on Python 3.12.1, B on 3.13.0: the interpreters allocate differently."],
    };
  if (scene === "quiet") return { ...head, verdict: "same", reasons: [], notObserved, rows: [], of: 0 };
  if (marks && !since)
    return {
      ...{ ...head, a: { ...head.a, mark: marks.a }, b: { ...head.b, mark: marks.b }, verdict: "worse", notObserved },
      reasons: ["What was live at each mark, of what was allocated since the recording began."],
      ...{ rows: [...states], of: states.length },
    };
  const named = scene === "hostile" ? rows.map((one) => ({ ...one, type: hostile })) : rows;
  return { ...head, verdict: "new-leak", reasons: [], notObserved, rows: [...named], of: named.length };
}

type Calls =
  | "recording.source"
  | "recording.compare"
  | "recording.flame"
  | "comparison.flame"
  | "comparison.text"
  | "comparison.offer";
type Answers = { readonly [N in Calls]: (params: RpcParams<N>) => Result<RpcResult<N>> };

export const flameAnswers = (scene: Scene, sessions: readonly SessionRow[]): Answers => ({
  "recording.compare": (two) =>
    two.b.includes("damaged")
      ? failed(failure("bad-recording", { path: two.b, why: "the file ends inside a page" }))
      : ok(comparison(scene, two, sessions)),
  "recording.source": ({ file, line }) => ok(sourceAround(scene, file, line)),
  "recording.flame": ({ measure }) => ok(flame(scene, measure, false)),
  "comparison.flame": ({ measure }) => ok(flame(scene, measure, true)),
  "comparison.text": (two) => ok(comparisonMarkdown(comparison(scene, two, sessions))),
  "comparison.offer": () => ok({ ticket: "none", name: "comparison.sarif", bytes: 1 }),
});
