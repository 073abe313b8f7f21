// Marks, changes and ends that are no whole milliseconds in; the marks afterwards, or the refusal, out.
import { expect, test } from "vitest";
import { expectOk } from "../../test/fixtures/synthetic-recording.ts";
import { changed } from "./edit.ts";

test("the present of a recording is never after its end, however it is rounded", () => {
  for (const now of [1989.2, 1989.609_153, 1990]) {
    const [mark] = expectOk(changed([], { kind: "set" }, { now, end: now }));
    expect(mark).toMatchObject({ t: Math.round(now), name: "mark 1", live: true });
  }
  const later = changed([], { kind: "set", at: 1.991 }, { now: undefined, end: 1989.6 });
  expect(later.ok ? "" : later.failure.cause).toContain("which is at 1.99 s");
});
