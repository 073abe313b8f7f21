// A reader in; the report document out, suspects first. Next: engine/report writes it for people, doors print it as JSON.
import type { DiagnosisDocument } from "../../shared/diagnosis-document.ts";
import type { ErrorsReport, RecordingTold, Report } from "../../shared/documents.ts";
import type { KeptVerdict } from "../../shared/kept-verdict.ts";
import type { WishedMark } from "../../shared/marks.ts";
import type { RecordingReader } from "../store/reader.ts";
import { type AuditReport, auditReport } from "./audit.ts";
import { errorsReport } from "./errors.ts";
import { gilReport } from "./gil.ts";
import { markedPart } from "./intervals.ts";
import { Views } from "./views.ts";

const mostRows = 10_000;

/** `limit`: rows of types, of sites and of raised errors at most; what is left out is said. `wished`: marks instead of its own. */
export function buildReport(
  reader: RecordingReader,
  limit: number = mostRows,
  wished: readonly WishedMark[] | undefined = undefined,
  views: Views = new Views(reader, true),
): Report {
  const {
    sites,
    types: { rows: types },
  } = views;
  const gil = gilReport(reader);
  const audited = auditReport(reader);
  const errors = withAudited(errorsReport(reader), audited);
  const diagnosis = verdictOf(reader);
  const marked = markedPart(reader, wished, views);
  const damaged = views.verified === "damaged";
  // Asked last: reading the chunks is what finds damaged ones.
  const recording = reader.recording();
  const raised = errors?.raised.length ?? 0;
  const notes = [
    ...recording.notObserved,
    ...(damaged ? ["The file is not as its recorder sealed it: it was changed or damaged since."] : []),
    ...(sites.of > limit
      ? [`${sites.of - Math.min(limit, sites.rows.length)} sites that grow less are left out.`]
      : []),
    ...(types.length > limit ? [`${types.length - limit} types that grow less are left out.`] : []),
    ...(raised > limit ? [`${raised - limit} places that raise less often are left out.`] : []),
  ];
  return {
    schema: "refscope.report/1",
    target: reader.facts.target,
    recording: { ...recording, notObserved: notes },
    lifecycle: { types: types.slice(0, limit), sites: sites.rows.slice(0, limit) },
    ...(gil ? { gil } : {}),
    ...(errors ? { errors: { ...errors, raised: errors.raised.slice(0, limit) } } : {}),
    ...(audited ? { references: audited.references } : {}),
    ...(diagnosis ? { diagnosis } : {}),
    ...marked,
  };
}

/** What is known of it without reading what it holds. */
export function factsOf(reader: RecordingReader): RecordingTold {
  return { target: reader.facts.target, recording: reader.recording(), diagnosis: verdictOf(reader) ?? null };
}

function verdictOf(reader: RecordingReader): KeptVerdict | undefined {
  const kept = reader.diagnosis();
  return kept && inShort(kept);
}

const inShort = ({ verdict, seconds, suspects }: DiagnosisDocument): KeptVerdict => ({
  verdict,
  seconds,
  suspects: suspects.map(({ kind, type, perSecond, bytesPerSecond, confidence, blame }) => ({
    ...{ kind, type, perSecond, bytesPerSecond, confidence },
    ...{ module: blame?.module ?? null, function: blame?.function ?? null },
  })),
});

/** What an audit found of the error indicator stands with the other findings on it; nothing was raised where nobody counted that. */
function withAudited(errors: ErrorsReport | undefined, audited: AuditReport | undefined): ErrorsReport | undefined {
  if (!audited) return errors;
  const { raised = [], findings = [], calls = [] } = errors ?? {};
  return { raised, findings: [...audited.errors.findings, ...findings], calls };
}
