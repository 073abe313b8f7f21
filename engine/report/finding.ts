// A report in; its first suspect as parts of a sentence out, or that there is none. Next: text.ts, markdown.ts, html.ts.
import type { Frame, Report, SiteRow } from "../../shared/documents.ts";
import { byteSize, rate, span, whole } from "./words.ts";

/** More than two thirds of the intervals: so it grew in each third of the time, which a cache that has filled does not. */
const steadyFrom = 0.7;

/** Texts of the recording are apart from ours, because each format escapes them in its own way. */
export interface Finding {
  readonly frame: Frame | undefined;
  readonly type: string | null;
  /** "200" */
  readonly perSecond: string;
  /** "46 KiB a second; 3,000 live, 690 KiB, after 15 s; grew in 12 of 12 intervals" */
  readonly evidence: string;
}

/** Undefined: nothing grew steadily. */
export function findingOf(report: Report): Finding | undefined {
  const { sites } = report.lifecycle;
  const first = sites.find((site) => site.bytesPerSecond > 0 && (site.steadiness ?? 0) >= steadyFrom);
  if (!first) return undefined;
  // What one line keeps is told together: a dict and the table in it are two sites, but one finding.
  const same = sites.filter((site) => place(site) === place(first) && site.growthPerSecond > 0);
  const named =
    same.filter((site) => site.type !== null).sort((a, b) => b.growthPerSecond - a.growthPerSecond)[0] ?? first;
  const sum = (of: (site: SiteRow) => number) => same.reduce((total, site) => total + of(site), 0);
  const steadiness = Math.round((first.steadiness ?? 0) * 100);
  const size = `${byteSize(sum((site) => site.bytesPerSecond))} a second`;
  const live = `${whole(named.live)} live after ${span(report.recording.seconds)}, ${byteSize(sum((site) => site.liveBytes))}`;
  return {
    frame: first.frames[0],
    type: named.type,
    perSecond: rate(named.growthPerSecond),
    evidence: `${size}; ${live}; grew in ${steadiness} % of the intervals`,
  };
}

const place = (site: SiteRow): string => JSON.stringify(site.frames);

/** "function at file:line"; without a line for native code. */
export function frameText({ function: name, file, line }: Frame): string {
  return line === null ? `${name} in ${file}` : `${name} at ${file}:${line}`;
}

/** Of a report without a finding. */
export function noFinding({ lifecycle: { sites } }: Report): string {
  const short = sites.length > 0 && sites.every(({ steadiness }) => steadiness === null);
  return short ? "Too short to say whether anything grows steadily. Record for longer." : "Nothing grew steadily.";
}

/** What else a reader must know: what was lost, then what was not seen. */
export function losses({ recording }: Pick<Report, "recording">): readonly string[] {
  return Object.entries(recording.dropped).flatMap(([kind, dropped]) =>
    dropped > 0 ? [`${whole(dropped)} of ${whole(recording.produced[kind] ?? dropped)} ${kind} were dropped.`] : [],
  );
}
