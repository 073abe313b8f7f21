// Suspects and rules in; the two parts, and a rule that mutes the one it was made for, out.
import { expect, test } from "vitest";
import type { DiagnosisDocument, Suspect } from "../../shared/diagnosis-document.ts";
import { partedBy, ruleFor } from "./muting.ts";

const suspect = (rank: number, file: string): Suspect => ({
  ...{ rank, kind: "held", type: "dict", perSecond: 2, perCall: null, bytesPerSecond: 46, blame: null },
  allocationSite: [{ function: "f", file, line: 4 }],
  ...{ heldBy: [], confidence: 0.9, evidence: [], notObserved: [] },
});
const document: DiagnosisDocument = {
  ...{ schema: "refscope.diagnosis/1", verdict: "leak", why: null, path: "/a", target: null, seconds: 30 },
  ...{
    suspects: [suspect(1, "/srv/app/cache.py"), suspect(2, "/srv/app/web.py")],
    notes: [],
    steps: [],
    notObserved: [],
  },
};

test("a rule made for a suspect mutes that one alone, and no suspect is lost", () => {
  const made = ruleFor(suspect(1, "/elsewhere/app/cache.py"));
  expect(made).toEqual({ type: "dict", site: "app/cache.py" });
  const rule = { type: "dict", site: "app/cache.py", reason: "known" };
  const { shown, muted } = partedBy([rule], document);
  expect([shown.suspects.map(({ rank }) => rank), muted.map(({ suspect: { rank } }) => rank)]).toEqual([[2], [1]]);
  expect(ruleFor({ ...suspect(1, ""), type: null, allocationSite: null })).toBeUndefined();
  expect(partedBy([], document).shown.suspects).toHaveLength(2);
});
