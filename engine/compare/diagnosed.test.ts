// Two verdicts in, a row a suspect out.
import { expect, test } from "vitest";
import type { DiagnosisDocument, Suspect } from "../../shared/diagnosis-document.ts";
import { compareDiagnoses } from "./diagnosed.ts";

const suspect = (name: string, perSecond: number, module = "/a/site-packages/fast.so"): Suspect => ({
  ...{ rank: 1, kind: "unexplained-references", type: "str", perSecond, perCall: 1, bytesPerSecond: 50 * perSecond },
  blame: { module, function: name, native: null, file: null, line: null },
  ...{ allocationSite: null, heldBy: [], confidence: 0.9, evidence: [], notObserved: [] },
});
const verdict = (suspects: Suspect[], more: Partial<DiagnosisDocument> = {}): DiagnosisDocument => ({
  ...{ schema: "refscope.diagnosis/1", verdict: suspects.length > 0 ? "leak" : "clean", why: null, path: "a" },
  ...{ target: null, seconds: 30, suspects, notes: [], steps: [], notObserved: [], ...more },
});
const told = (a: DiagnosisDocument | undefined, b: DiagnosisDocument | undefined) =>
  compareDiagnoses(a, b).rows.map((row) => `${row.verdict} ${row.site[0]?.function} ${row.a} ${row.b} ${row.unit}`);

test("a suspect that is gone is fixed, one that came is new, by kind, type and function", () => {
  const [a, b] = [verdict([suspect("loads", 10)]), verdict([suspect("dumps", 7)])];
  expect(told(a, verdict([]))).toEqual(["fixed loads 10 0 suspects/second"]);
  expect(told(a, b)).toEqual(["fixed loads 10 0 suspects/second", "new-leak dumps 0 7 suspects/second"]);
  expect(told(a, a)).toEqual(["same loads 10 10 suspects/second"]);
  expect(compareDiagnoses(a, b).reasons[0]).toContain("Both were diagnosed: A leak, B leak.");
});

test("the folder of a module may differ, and a rate that differs by less than three tenths is the same", () => {
  const elsewhere = "/b/lib/python3.11/site-packages/fast.cpython-311-x86_64-linux-gnu.so";
  expect(told(verdict([suspect("loads", 10)]), verdict([suspect("loads", 12, elsewhere)]))[0]).toContain("same");
  expect(told(verdict([suspect("loads", 10)]), verdict([suspect("loads", 30)]))[0]).toContain("worse");
});

test("where one was not diagnosed, or came to no verdict, nothing is said of suspects", () => {
  const leak = verdict([suspect("loads", 10)]);
  expect(compareDiagnoses(leak, undefined)).toEqual({ rows: [], reasons: [] });
  const unclear = compareDiagnoses(leak, verdict([], { verdict: "insufficient" }));
  expect(unclear).toEqual({ rows: [], reasons: ["The diagnosis of B came to no verdict."] });
});

test("one diagnosis came less far than the other: the leak is the same", () => {
  const named = suspect("loads", 10);
  const less = { ...named, blame: null };
  const grown: Suspect = { ...less, kind: "growth", allocationSite: [{ function: "f", file: "a.py", line: 1 }] };
  const blame = { module: "/srv/a.py", function: "f", native: null, file: "/srv/a.py", line: 1 };
  const seen = { ...named, allocationSite: grown.allocationSite };
  expect(compareDiagnoses(verdict([seen]), verdict([{ ...grown, blame }])).rows[0]?.verdict).toBe("same");
  for (const other of [less, grown, { ...named, kind: "held" as const }]) {
    expect(compareDiagnoses(verdict([named]), verdict([other])).rows.map((row) => row.verdict)).toEqual(["same"]);
    expect(compareDiagnoses(verdict([other]), verdict([named])).rows.map((row) => row.verdict)).toEqual(["same"]);
  }
  const two = compareDiagnoses(verdict([named, grown]), verdict([less, { ...grown, kind: "held" }]));
  expect(two.rows.map((row) => row.verdict)).toEqual(["same", "same"]);
});
