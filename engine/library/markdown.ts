// A recording in; the Markdown or the page that the verbs print about it, or the Markdown of one finding of a screen, without what is private where a level
// is asked for, out. Next: engine.ts.
import * as v from "valibot";
import { diagnosisDocument } from "../../shared/diagnosis-document.ts";
import { recordingTold, report } from "../../shared/documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { findingText } from "../../shared/finding-markdown.ts";
import type { RpcParams } from "../../shared/rpc-contract.ts";
import { queryDiagnosis } from "../diagnosis/query.ts";
import { redactDocument } from "../evidence/redact-document.ts";
import { type Query, queryReport, reading } from "../queries.ts";
import { diagnosisMarkdown } from "../report/diagnosis-markdown.ts";
import { findingMarkdown } from "../report/finding-markdown.ts";
import { reportHtml } from "../report/html.ts";
import { reportMarkdown } from "../report/markdown.ts";

export async function queryRecordingMarkdown({
  path,
  of,
  level,
}: RpcParams<"recording.markdown">): Promise<Result<string>> {
  const told = of === "report" ? queryReport({ path }) : await queryDiagnosis(path);
  if (!told.ok) return told;
  const document = level === undefined ? told.value : redactDocument(told.value, level);
  if (of === "report") {
    const parsed = v.safeParse(report, document);
    return parsed.success ? ok(reportMarkdown(parsed.output)) : misshapen;
  }
  const parsed = v.safeParse(diagnosisDocument, document);
  return parsed.success ? ok(diagnosisMarkdown(parsed.output)) : misshapen;
}

/** What is private is always taken out: the whole stands in the recording. */
export const queryFindingMarkdown: Query<"finding.markdown"> = ({ path, finding }, read = reading) => {
  const told = queryReport({ path }, read);
  if (!told.ok) return told;
  const { target, recording } = told.value;
  const parsed = v.safeParse(privateParts, redactDocument({ finding, told: { target, recording } }, "standard"));
  return parsed.success ? ok(findingMarkdown(parsed.output.finding, parsed.output.told)) : misshapen;
};
const privateParts = v.object({ finding: findingText, told: v.pick(recordingTold, ["target", "recording"]) });

export const queryRecordingPage: Query<"recording.page"> = ({ path, level }, read = reading) => {
  const told = queryReport({ path }, read);
  if (!told.ok) return told;
  const parsed = v.safeParse(report, redactDocument(told.value, level));
  return parsed.success ? ok(reportHtml(parsed.output)) : misshapen;
};

const misshapen = fail("bug", { what: "a document lost its form when what is private was taken out" });
