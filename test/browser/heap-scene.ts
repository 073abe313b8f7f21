// Nothing in; answers to the questions about snapshots, from two small drawn heaps, out. Next: scene.ts.
import { answering } from "../../engine/analysis/heap/worker/answers.ts";
import { fail, ok } from "../../shared/failures.ts";
import { drawHeap } from "../fixtures/drawn-heap.ts";
import { drawnSnapshots } from "../fixtures/drawn-snapshots.ts";

const drawing = (users: number): string => `
  module app = app
  app: module #72 -> .__dict__ globals
  globals: dict #4696 -> ["users"] users, ["settings"] settings
  settings: dict #232
  users: list #${8 * users + 56} -> ${Array.from({ length: users }, (_, at) => `[${at}] user${at}`).join(", ")}
  ${Array.from({ length: users }, (_, at) => `user${at}: app.User #48 @7 -> .name name${at}\nname${at}: str #54 @7`).join("\n")}
  dtype: numpy.dtype #96 +${users}
  parent: app.Node #48 -> .child child
  child: app.Node #48 -> .parent parent
`;

const sizes = [20, 60];
const taken = sizes.map((users, at) => ({
  ...{ id: at + 1, atMs: 2000 * at, pauseMs: 1.2, seconds: 0.1, objects: 2 * users + 7, edges: 3 * users, bytes: 4096 },
}));

export const heapAnswers = {
  ...answering(drawnSnapshots(sizes.map((users, at) => drawHeap(drawing(users), { at: 2000 * at }).graph))),
  "heap.list": () => ok([...taken]),
  "heap.take": () => fail("snapshot-failed", { pid: 4242, why: "nothing runs here" }),
};
