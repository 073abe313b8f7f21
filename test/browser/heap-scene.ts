// A situation in; answers to the questions about snapshots, from two small drawn heaps, out. Next: scene.ts.
import { answering } from "../../engine/analysis/heap/worker/answers.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { HeapObjects } from "../../shared/heap-views.ts";
import { bytes } from "../../shared/units.ts";
import { drawHeap } from "../fixtures/drawn-heap.ts";
import { drawnSnapshots } from "../fixtures/drawn-snapshots.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

const drawing = (users: number): string => `
  module app = app
  app: module #72 -> .__dict__ globals
  globals: dict #4696 -> ["users"] users, ["settings"] settings
  settings: dict #232
  users: list #${8 * users + 56} -> ${Array.from({ length: users }, (_, at) => `[${at}] user${at}`).join(", ")}
  ${Array.from({ length: users }, (_, at) => `user${at}: app.User #48 @7 -> .name name${at}\nname${at}: str #54 @7`).join("\n")}
  dtype: numpy.dtype #96 +${users}
  parent: app.Node #48 -> .child child
  child: app.Node #48 @7 -> .leaf leaf
  leaf: app.Leaf #64 -> .__dict__ state
  state: dict #232 -> ["owner"] parent
`;

const sizes = [20, 60, 140];
const taken = sizes.map((users, at) => ({
  ...{ id: at + 1, atMs: 12_000 * at + 4000, pauseMs: 1.2, seconds: 0.1, objects: 2 * users + 9, edges: 3 * users },
  bytes: 4096 + 120 * users,
}));

const answers = answering(
  drawnSnapshots(
    sizes.map((users, at) => {
      const { graph } = drawHeap(drawing(users), { at: 12_000 * at + 4000 });
      return { ...graph, bytes: bytes(graph.sizes.reduce((sum, size) => sum + size, 0)) };
    }),
  ),
);

interface Page {
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** As many as no drawing has, each told by its place. */
function million(found: HeapObjects, { offset = 0, limit = 100 }: Page): HeapObjects {
  const of = 1_000_000;
  const [model] = found.rows;
  if (!model) return found;
  const rows = Array.from({ length: Math.min(limit, of - offset) }, (_, at) => ({
    ...model,
    address: `0x${(0x7f00_0000_0000 + 64 * (offset + at)).toString(16)}`,
    type: `app.Row${offset + at}`,
    retained: 64 * (of - offset - at),
  }));
  return { ...found, rows, of };
}

export function heapAnswers(scene: Scene) {
  /** A type of the target under a name made to hurt. */
  const named = <T>(result: Result<T>): Result<T> =>
    scene === "hostile" ? JSON.parse(JSON.stringify(result).replaceAll('"app.User"', JSON.stringify(hostile))) : result;
  const none = scene === "quiet" || scene === "uncollected";
  return {
    "heap.types": (params: Parameters<(typeof answers)["heap.types"]>[0]) => named(answers["heap.types"](params)),
    "heap.objects": (params: Parameters<(typeof answers)["heap.objects"]>[0]) => {
      if (scene !== "million") return named(answers["heap.objects"](params));
      const found = answers["heap.objects"]({ path: params.path, limit: 1 });
      return found.ok ? ok(million(found.value, params)) : found;
    },
    "heap.dominators": (params: Parameters<(typeof answers)["heap.dominators"]>[0]) =>
      named(answers["heap.dominators"](params)),
    "heap.why": (params: Parameters<(typeof answers)["heap.why"]>[0]) => named(answers["heap.why"](params)),
    "heap.report": (params: Parameters<(typeof answers)["heap.report"]>[0]) => named(answers["heap.report"](params)),
    "heap.compare": (params: Parameters<(typeof answers)["heap.compare"]>[0]) => named(answers["heap.compare"](params)),
    "heap.list": () => ok(none ? [] : [...taken]),
    "heap.take": () => fail("snapshot-failed", { pid: 4242, why: "nothing runs here" }),
  };
}
