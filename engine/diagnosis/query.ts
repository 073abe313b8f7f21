// The recordings of an engine in, the means of a diagnosis out; and the path of a recording in, what it says by itself out. Next: engine.ts.
import type { DiagnosisDocument } from "../../shared/diagnosis-document.ts";
import { ok, type Result } from "../../shared/failures.ts";
import { queryAudit, queryHistory, querySample, reading } from "../queries.ts";
import type { Recordings } from "../session/recordings.ts";
import { keepDiagnosis } from "../store/stored-diagnosis.ts";
import { blamedSource } from "./blamed-source.ts";
import type { Means } from "./means.ts";
import { signsInThread } from "./signs-thread.ts";
import { verdictOf } from "./verdict.ts";

export const diagnosisMeans = (recordings: Recordings): Means => ({
  start: (request) => recordings.start(request),
  stop: (path) => recordings.stop(path),
  state: (path) => recordings.states().find((state) => state.path === path),
  take: (path) => recordings.takeHeap({ path }),
  signs: signsInThread,
  keep: (document) => keepDiagnosis(document.path, document, blamedSource(document)),
  evidence: {
    audit: (path) => queryAudit({ path }),
    sample: (path) => querySample({ path }),
    histories: (path) => {
      const told = queryHistory({ path });
      return told.ok ? ok(told.value?.histories ?? []) : told;
    },
  },
});

/** The recording alone: nobody is asked any more. */
export async function queryDiagnosis(path: string): Promise<Result<DiagnosisDocument>> {
  const facts = reading(path, (reader) => ({ target: reader.facts.target, kept: reader.diagnosis() }));
  if (!facts.ok) return facts;
  // The file may have been moved since.
  if (facts.value.kept) return ok({ ...facts.value.kept, path });
  const signs = await signsInThread(path);
  if (!signs.ok) return signs;
  const { target } = facts.value;
  const told = { path, target, seconds: signs.value.seconds, steps: [], ended: undefined, notObserved: [] };
  return ok(verdictOf(signs.value, { audits: [], histories: [], samples: [] }, told));
}
