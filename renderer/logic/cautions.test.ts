// What is known of a recording in, the titles of what to know before its figures out.
import { expect, test } from "vitest";
import { cautionsOf } from "./cautions.ts";

const well = { roomSeconds: 33_000, trimmed: false, dropped: 0, produced: 1000 };
const titles = (more: Partial<typeof well>) => cautionsOf({ ...well, ...more }).map(({ title }) => title);

test("nothing is said where all is well, or nothing known", () => {
  expect(titles({})).toEqual([]);
  expect(cautionsOf({ ...well, roomSeconds: undefined })).toEqual([]);
});

test("each thing that is not well is said", () => {
  expect(titles({ roomSeconds: 599, trimmed: true, dropped: 1 })).toEqual([
    "The disk is nearly full",
    "The largest size is reached",
    "Events were dropped",
  ]);
  expect(cautionsOf({ ...well, dropped: 10 })[0]?.text).toContain("10 events (1.0 %)");
});
