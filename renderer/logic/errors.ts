// What was raised in, the sentences and the rows grouped by type out. Next: views/errors.
import type { ErrorsReport, Finding, RaisedRow } from "../../shared/documents.ts";
import type { ErrorRates } from "../../shared/gil-views.ts";
import { code, place, type Sentence, words } from "./finding.ts";
import { count, counted, fraction, shortCount } from "./format.ts";

/** A type with the places it is raised at, most first. */
export interface RaisedType<T extends RaisedRow = RaisedRow> {
  readonly type: string;
  readonly count: number;
  readonly perSecond: number;
  readonly chained: number;
  readonly sites: readonly T[];
}

export function byType<T extends RaisedRow>(rows: readonly T[]): readonly RaisedType<T>[] {
  const types = new Map<string, T[]>();
  for (const row of rows) {
    const own = types.get(row.type);
    if (own) own.push(row);
    else types.set(row.type, [row]);
  }
  const sum = (sites: readonly T[], pick: (row: T) => number) => sites.reduce((all, row) => all + pick(row), 0);
  return [...types]
    .map(([type, sites]) => ({
      type,
      count: sum(sites, (row) => row.count),
      perSecond: sum(sites, (row) => row.perSecond),
      chained: sum(sites, (row) => row.chained),
      sites: sites.toSorted((a, b) => b.count - a.count),
    }))
    .toSorted((a, b) => b.count - a.count);
}

export function whereRaised({ frames }: Pick<RaisedRow, "frames">): Sentence {
  const [innermost] = frames;
  if (!innermost) return [words("C code, with no Python frame")];
  return [code(innermost.function), words(` · ${place(innermost.file, innermost.line)}`)];
}

/** Findings first: an error that is lost says more than one that is raised. */
export function errorsHeadline({ raised, findings }: ErrorsReport): Sentence {
  const lost = findings.toSorted((a, b) => b.count - a.count).find((one) => one.rule === "error-overwritten");
  if (lost) return findingSentence(lost);
  const [worst] = byType(raised);
  if (!worst) return [words("No error was raised")];
  const [site] = worst.sites;
  return [
    code(worst.type),
    words(` is raised ${shortCount(worst.perSecond)} times a second, mostly in `),
    ...(site ? whereRaised(site) : []),
  ];
}

export function groundWords({ raised, findings }: ErrorsReport): string {
  const all = raised.reduce((sum, row) => sum + row.count, 0);
  const chained = raised.reduce((sum, row) => sum + row.chained, 0);
  const lost = findings
    .filter((one) => one.rule === "error-cleared" || one.rule === "error-overwritten")
    .reduce((sum, one) => sum + one.count, 0);
  const said = [
    `${counted(all, "error", "errors")} raised`,
    `${count(chained)} of them while another was being handled`,
    lost > 0 ? `${count(lost)} cleared or overwritten` : "",
  ];
  return `${said.filter(Boolean).join(", ")}.`;
}

const deeds: Readonly<Record<Finding["rule"], string>> = {
  "result-with-error": "returns a result while an error is set",
  "null-without-error": "returns NULL and sets no error",
  "called-with-error": "calls the C API while an error is set",
  "error-overwritten": "sets an error over one that nobody has seen",
  "error-cleared": "clears an error that nobody has seen",
  "unchecked-error": "goes on without looking whether a call failed",
  "over-release": "releases a reference it does not own",
  "leaked-reference": "keeps a reference that it should release",
  "extra-reference": "takes a reference too many",
  "gilstate-unbalanced": "takes and gives back the GIL unequally often",
  "called-without-gil": "calls the C API without holding the GIL",
  "borrowed-used-after-free": "uses a borrowed reference after its object is gone",
};

/** "`parse` in `fast.so` sets an error over one that nobody has seen: `KeyError`, 812 times" */
export function findingSentence(finding: Finding): Sentence {
  const { rule, function: name, module, type } = finding;
  const times = counted(finding.count, "time", "times");
  return [
    code(name),
    words(" in "),
    code(place(module, null)),
    words(` ${deeds[rule]}: `),
    ...(type === null ? [] : [code(type), words(", ")]),
    words(times),
  ];
}

export function ratesSentence({ buckets, bucketSeconds }: ErrorRates): string {
  const known = buckets.filter((bucket) => bucket.raised !== null);
  const all = known.reduce((sum, bucket) => sum + (bucket.raised ?? 0) * bucketSeconds, 0);
  const lost = known.reduce((sum, bucket) => sum + (bucket.lost ?? 0) * bucketSeconds, 0);
  if (known.length === 0) return "Nothing recorded yet.";
  const most = known.reduce((best, bucket) => ((bucket.raised ?? 0) > (best.raised ?? 0) ? bucket : best));
  const share = lost > 0 ? `, ${fraction(lost / Math.max(all, lost))} as many lost` : "";
  return `${shortCount(all / (known.length * bucketSeconds))} a second on average, ${shortCount(most.raised)} at most${share}.`;
}
