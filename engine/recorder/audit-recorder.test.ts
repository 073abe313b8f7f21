// What an audit tells, batch by batch, and lines of its addresses in; the same read from the file out.
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AbiModule } from "../../shared/abi-document.ts";
import type { RawAudit } from "../../shared/audit-records.ts";
import {
  batchOf,
  counted,
  expectOk,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import { auditPlaces } from "./audit-recorder.ts";
import type { RecorderOptions } from "./options.ts";
import type { Recorder } from "./recorder.ts";

const loads = { id: 1, module: "/srv/app/lib/fast.so", name: "loads", address: 0x7100n, calls: 3 };
const keep = { function: 1, role: "result", api: undefined, type: 1, calls: 3, consistent: 3, address: 0n };
const finding = {
  rule: "error-cleared",
  function: 1,
  api: "PyErr_Clear",
  type: 0,
  address: 0x7110n,
  guarded: 0,
} as const;
const nothing: RawAudit = { functions: [], keeps: [], findings: [], missed: [], entryPoints: 4 };

function recorded(
  audits: readonly Partial<RawAudit>[],
  more: Partial<RecorderOptions> = {},
  tell = (_: Recorder) => {},
) {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path, { collected: ["references"], audit: { module: "fast", guard: true }, ...more });
  for (const [sequence, audit] of audits.entries()) {
    const definitions = { ...noDefinitions, types: [{ id: 1, name: "str" }], audit: { ...nothing, ...audit } };
    expectOk(recorder.apply(batchOf({ sequence, last: sequence === audits.length - 1 }), definitions));
    if (sequence === 0) recorder.sourceLine(0x7110n, [{ function: undefined, file: "/srv/app/src/fast.c", line: 7 }]);
  }
  tell(recorder);
  expectOk(recorder.finish(counted({})));
  return read(path);
}

test("the newest counts stand, and what was kept at most", () => {
  const reader = recorded([
    { functions: [loads], keeps: [{ ...keep, references: 3 }], findings: [{ ...finding, count: 1 }] },
    { functions: [{ ...loads, calls: 9 }], keeps: [{ ...keep, references: 1 }], findings: [{ ...finding, count: 2 }] },
  ]);
  expect(reader.audit).toMatchObject({ module: "fast", guard: true, entryPoints: 4, missed: [] });
  expect([...(reader.audit?.functions.values() ?? [])]).toEqual([{ ...loads, calls: 9 }]);
  expect(reader.audit?.keeps).toEqual([{ ...keep, references: 1, most: 3 }]);
  expect(reader.audit?.findings).toEqual([{ ...finding, count: 2 }]);
  expect(reader.recording().collected).toEqual(["references"]);
  expect(reader.verify()).toBe("verified");
});

test("lines that come after the last batch are in the file", () => {
  const lines = recorded([{ functions: [loads] }]).sourceLines();
  expect(lines.get(0x7110n)).toEqual([{ function: undefined, file: "/srv/app/src/fast.c", line: 7 }]);
});

test("what a module's file asks of the ABI is kept as it was told", () => {
  const facts: AbiModule = {
    ...{
      module: "/srv/app/lib/fast.so",
      api: "full",
      stableAbi: false,
      builtFor: "3.11",
      needs: null,
      multiPhase: null,
    },
    ...{ private: ["_PyLong_New"], removed: [], changed: [], breaksOn: ["3.13"], unknown: [] },
  };
  expect(recorded([{}], {}, (recorder) => recorder.abi(facts)).audit?.abi).toEqual([facts]);
});

test("at privacy minimal no path says whose machine it was", () => {
  const reader = recorded([{ functions: [loads] }, {}], { privacy: "minimal" });
  expect(reader.audit?.functions.get(1)?.module).toBe("lib/fast.so");
  expect(reader.sourceLines().get(0x7110n)?.[0]?.file).toBe("src/fast.c");
});

test("not audited: nothing, not zero", () => {
  expect(recorded([], { collected: ["lifecycle"] }).audit).toBeUndefined();
});

test("a return address stands behind its call, a function begins at its own", () => {
  const audit = {
    ...nothing,
    functions: [loads],
    findings: [{ ...finding, count: 1 }],
    keeps: [{ ...keep, references: 1 }],
  };
  expect(auditPlaces({ audit })).toEqual([
    { address: 0x7100n, returns: false },
    { address: 0x7110n, returns: true },
  ]);
});
