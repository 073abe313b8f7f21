// A file that a recorder of format 2 wrote, with everything that it collects, in; all of it out, and verified.
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectOk, read } from "../../test/fixtures/synthetic-recording.ts";
import { buildReport } from "../analysis/report.ts";
import { verifyRecording } from "../evidence/verify.ts";

const golden = join(import.meta.dirname, "../../test/golden/format-2.refscope");

test("a recording of format 2 is read", () => {
  expect(expectOk(verifyRecording(golden))).toMatchObject({ outcome: "verified", sealed: "bytes" });
  const reader = read(golden);
  expect(reader.file).toMatchObject({ format: 2, status: "closed" });
  expect(reader.recording().stored).toEqual({ allocations: 90, frees: 30, holds: 60, errors: 4, changes: 50 });
  const { lifecycle, gil, errors, references } = buildReport(reader);
  expect(lifecycle.sites[0]).toMatchObject({
    type: "dict",
    live: 60,
    frames: [{ function: "loads" }, { function: "handler", line: 3 }],
  });
  expect(gil?.threads.map(({ holds }) => holds)).toEqual([20, 20, 20]);
  expect(errors?.raised).toMatchObject([{ type: "dict", count: 4, message: "no such cart" }]);
  expect(references?.modules[0]?.functions[0]).toMatchObject({ function: "loads", calls: 9 });
  expect([reader.history?.objects.length, reader.heap?.snapshots.length]).toEqual([1, 1]);
});
