// Questions about drawn snapshots in; sets, trees, comparisons and reasons out.
import { describe, expect, it } from "vitest";
import { drawHeap } from "../../../../test/fixtures/drawn-heap.ts";
import { drawnSnapshots } from "../../../../test/fixtures/drawn-snapshots.ts";
import { expectOk } from "../../../../test/fixtures/synthetic-recording.ts";
import { answering } from "./answers.ts";

const before = drawHeap(`
  module app = app
  app: module #1 -> ["users"] users
  users: list #10 -> [0] a
  a: app.User #3 @7 -> .name name
  name: str #20
`).graph;
const after = drawHeap(`
  module app = app
  app: module #1 -> ["users"] users
  users: list #20 -> [0] a, [1] b
  a: app.User #3 @7 -> .name name
  name: str #20
  b: app.User #3 @7 -> .name name
  dtype: dtype #5 +90
  x: Node #7 -> .next y
  y: Node #7 -> .back x
`).graph;
const path = "p";
const answers = answering(drawnSnapshots([before, after]));

describe("sets of objects", () => {
  const types = (
    set: "all" | "unexplained" | "unreachable" | "held" | "lost" | "new" | "survived" | "dead",
    type?: string,
  ) => {
    const { rows, of, bytes } = expectOk(
      answers["heap.objects"]({ path, id: 2, against: 1, set, ...(type ? { type } : {}) }),
    );
    expect(rows.length).toBe(of);
    return [rows.map((row) => row.type).join(" "), bytes];
  };

  it("are what their names say", () => {
    expect(types("all", "app.User")).toEqual(["app.User app.User", 6]);
    expect(types("unexplained")).toEqual(["dtype", 5]);
    expect(types("unreachable")).toEqual(["Node Node dtype", 19]);
    expect(types("held")).toEqual(["dtype", 5]);
    expect(types("lost")).toEqual(["Node Node", 14]);
    expect(types("survived")).toEqual(["module list str app.User", 44]);
    expect(types("new")).toEqual(["Node Node dtype app.User", 22]);
    expect(types("dead")).toEqual(["", 0]);
  });

  it("come in pages, with the frames of their site", () => {
    const { rows, of } = expectOk(answers["heap.objects"]({ path, type: "app.User", limit: 1, offset: 1 }));
    expect([rows.length, of, rows[0]?.site]).toEqual([1, 2, [{ function: "serve", file: "app.py", line: 12 }]]);
  });
});

describe("the tree of dominators", () => {
  it("opens where it is asked to", () => {
    const top = expectOk(answers["heap.dominators"]({ path }));
    expect(top.rows.map(({ type, retained, objects }) => [type, retained, objects])).toEqual([
      ["module", 47, 1],
      ["Node", 14, 1],
      ["dtype", 5, 0],
    ]);
    const below = expectOk(answers["heap.dominators"]({ path, node: "0x1040" }));
    expect(below.chain.map(({ type }) => type)).toEqual(["module", "list"]);
    expect(below.rows.map(({ type }) => type)).toEqual(["str", "app.User", "app.User"]);
  });
});

describe("two snapshots", () => {
  it("differ by type", () => {
    const { rows } = expectOk(answers["heap.compare"]({ path, a: 1, b: 2 }));
    expect(rows.map(({ type, delta }) => [type, delta.objects, delta.bytes])).toEqual([
      ["Node", 2, 14],
      ["list", 0, 10],
      ["dtype", 1, 5],
      ["app.User", 1, 3],
      ["str", 0, 0],
      ["module", 0, 0],
    ]);
  });

  it("are loaded once, and two of them kept", () => {
    const loaded: number[] = [];
    const some = answering(drawnSnapshots([before, after, before], (id) => loaded.push(id)));
    for (const id of [1, 2, 1, 2, 3, 2, 1]) expectOk(some["heap.types"]({ path, id }));
    expect(loaded).toEqual([1, 2, 3, 1]);
  });
});

describe("why", () => {
  it("explains an object that only C holds", () => {
    const { object, references, paths } = expectOk(answers["heap.why"]({ path, object: "type:dtype" }));
    expect([object.state, references.count, references.unexplained]).toEqual(["held", 90, 90]);
    expect(references.say).toBe(
      "90 of 90 references are held by C: no object that the collector can see holds them. No root reaches it: C keeps it, or what holds it, on purpose, or somebody forgot a reference.",
    );
    expect(paths).toEqual([[{ type: "dtype", address: "0x1140", edge: "C (unexplained references)" }]]);
  });

  it("shows the cycle that keeps an object, and the edge that breaks it", () => {
    const { object, cycle, paths } = expectOk(answers["heap.why"]({ path, object: "0x1180" }));
    expect([object.state, paths.length, cycle?.breaks]).toEqual(["lost", 0, 1]);
    expect(cycle?.steps.map(({ edge }) => edge)).toEqual(["", ".next", ".back"]);
    expect(cycle?.say).toBe("It breaks without .next of the Node at 0x1180, which refers to the Node at 0x11c0.");
  });

  it("finds `User` where only `app.User` is, and ranks who holds it", () => {
    const { dominators, holders, holdersOf } = expectOk(answers["heap.why"]({ path, object: "type:str" }));
    expect(dominators.map(({ type }) => type)).toEqual(["module", "list"]);
    expect([holders.map(({ type, edge }) => `${type} ${edge}`), holdersOf]).toEqual([
      ["app.User .name", "app.User .name"],
      2,
    ]);
    expect(expectOk(answers["heap.why"]({ path, object: "type:User" })).object.type).toBe("app.User");
  });
});
