// Documents of `why` about drawn heaps in; the lines for people out.
import { expect, test } from "vitest";
import { answering } from "../engine/analysis/heap/worker/answers.ts";
import { drawHeap } from "../test/fixtures/drawn-heap.ts";
import { drawnSnapshots } from "../test/fixtures/drawn-snapshots.ts";
import { expectOk } from "../test/fixtures/synthetic-recording.ts";
import { whyLines } from "./why-text.ts";

const terminal = { style: (_: string, text: string) => text, width: undefined };

function linesOf(drawing: string, object: string): readonly string[] {
  const answers = answering(drawnSnapshots([drawHeap(drawing, { at: 2500 }).graph]));
  return whyLines(expectOk(answers["heap.why"]({ path: "p", object })), terminal);
}

test("an object in a list of a module, with a cycle and a forgotten reference", () => {
  const drawing = `
    module app = app
    app: module #72 -> ["users"] users
    users: list #80 -> [3] user
    user: app.User #48 @7 +2 -> .profile profile
    profile: app.Profile #48 -> .user user
  `;
  expect(linesOf(drawing, "type:User")).toEqual([
    "app.User at 0x1080",
    "snapshot 1, 2.5 s into the recording, 4 objects",
    "",
    "48 B, 4 references; 96 B would be freed with it.",
    "Allocated by serve (app.py:12)",
    "2 of 4 references are held by C: no object that the collector can see holds them.",
    "",
    "Held by",
    "  module app: module at 0x1000",
    '    ["users"] → list at 0x1040',
    "    [3] → app.User at 0x1080",
    "",
    "It keeps itself, in a cycle",
    "  app.User at 0x1080",
    "    .profile → app.Profile at 0x10c0",
    "    .user → app.User at 0x1080",
    "It breaks without .user of the app.Profile at 0x10c0, which refers to the app.User at 0x1080.",
    "",
    "All ways to it lead through, the nearest last",
    "RETAINS  ADDRESS  TYPE",
    "  248 B  0x1000   module",
    "  176 B  0x1040   list",
    "",
    "Objects that refer to it",
    "REFERENCES  RETAINS  ADDRESS  BY     TYPE",
    "         1    176 B  0x1040   [3]    list",
    "         1     48 B  0x10c0   .user  app.Profile",
  ]);
});

test("a long way shows its ends, and hostile names stay in their line", () => {
  const links = Array.from({ length: 100 }, (_, at) => `n${at}: Node -> .next n${at + 1}`);
  const lines = linesOf(`module ev\x1bil = n0\n${links.join("\n")}\nn100: Last`, "type:Last");
  expect(lines).toContain("  module ev\\x1bil: Node at 0x1000");
  expect(lines).toContain("    … 77 more …");
  expect(lines.length).toBeLessThan(60);
});
