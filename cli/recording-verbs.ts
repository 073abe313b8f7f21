// The verbs that read recordings. Next: verbs.ts.
import { comparisonUnits } from "../shared/comparison-document.ts";
import { redactionLevels } from "../shared/evidence-documents.ts";
import { exportContents, exportFormats } from "../shared/export-formats.ts";
import { filter, host, json, mark, type OptionRow, port, type VerbRow } from "./verb-row.ts";

const out: OptionRow = { flags: "--out <file>", does: "where to write the new recording" };

export const recordingVerbs: readonly VerbRow[] = [
  {
    name: "why",
    words: "<file> <object>",
    does: "say who holds an object of a snapshot: ways to roots, dominators, cycles, references that only C holds",
    options: [{ flags: "--snapshot <id>", does: "which snapshot of the recording (default: the newest)" }, json],
    notes:
      "OBJECT is an address, as hex(id(object)) says it, or type:NAME for the one of that type that tells the most.",
  },
  {
    name: "report",
    words: "<file>",
    does: "rank what grew, who held the GIL, and what was raised in a recording",
    options: [
      mark(
        "tell what grew between these times, such as 10s or 10s=warm, instead of between its marks; may be given more than once",
      ),
      filter,
      json,
      { flags: "--markdown", does: "print Markdown" },
      { flags: "--html", does: "print one HTML page" },
    ],
  },
  {
    name: "compare",
    words: "[recordings...]",
    does: "say what a second recording, or a second build, does otherwise: fixed, improved, same, worse, new-leak",
    options: [
      { flags: "--per <unit>", does: "what rates are told by (default: second)", choices: comparisonUnits },
      { flags: "--threshold <percent>", does: "what differs by less of the larger rate is the same (default: 10)" },
      { flags: "--markdown", does: "print Markdown" },
      { flags: "--summary <file>", does: "also write that Markdown to a file" },
      { flags: "--junit <file>", does: "also write JUnit XML, a test case a row" },
      { flags: "--sarif <file>", does: "also write SARIF, for code scanning" },
      {
        flags: "--run <command>",
        does: "record this command under both Pythons, in turn, instead of reading recordings",
      },
      { flags: "--a <python>", does: "with --run: the Python or virtual environment before" },
      { flags: "--b <python>", does: "with --run: the one after" },
      { flags: "--runs <n>", does: "with --run: how often each (default: 5)" },
      { flags: "--for <duration>", does: "with --run: how long each (default: 10s)" },
      { flags: "--frames <n>", does: "with --run: Python frames kept for each allocation (default: 8)" },
      { flags: "--keep <folder>", does: "with --run: keep the recordings there" },
      json,
    ],
    notes: [
      "refscope compare before.refscope after.refscope",
      "refscope compare app.refscope@warm app.refscope@later",
      "refscope compare app.refscope@warm..load app.refscope@load..end",
      'refscope compare --run "bench.py --quick" --a venv-before --b venv-after',
      "Exit code: 0 nothing got worse, 1 worse or new-leak, 7 incomparable.",
    ].join("\n"),
  },
  {
    name: "export",
    words: "<file>",
    does: "write a recording for another tool; prints the path",
    options: [
      { flags: "--format <format>", does: "which one", choices: exportFormats },
      {
        flags: "--what <what>",
        does: "what stacks and tables show (default: the first of these that was collected)",
        choices: exportContents,
      },
      { flags: "--out <file>", does: "where to write (default: the recording's name, in this folder)" },
      { flags: "--from <duration>", does: "of a trace: leave out what ended before this time, such as 1.5s" },
      { flags: "--to <duration>", does: "of a trace: leave out what began after this time" },
      { flags: "--build <name>", does: "of a table: the build that was recorded, such as a commit" },
      { flags: "--host <name>", does: "of a table: where it ran (default: a pseudonym of this machine)" },
      json,
    ],
    notes: [
      "speedscope, collapsed and pprof have stacks; chrome and perfetto have the GIL and memory over time;",
      "csv, jsonl and parquet have one row a site, thread or error. parquet into a folder: one part a recording,",
      "by build, host and day.",
    ].join("\n"),
  },
  {
    name: "verify",
    words: "<file>",
    does: "say whether a recording is what its recorder sealed, and what of it is damaged",
    options: [json],
    notes:
      "Exit code: 0 verified, 6 damaged or no recording, 7 unverified: nobody sealed it, nothing of it is known to be wrong.",
  },
  {
    name: "salvage",
    words: "<file>",
    does: "write what can be read of a damaged recording into a new one, and say what is missing",
    options: [out, json],
  },
  {
    name: "redact",
    words: "<file>",
    does: "write a recording without what is private into a new one, and list what leaves",
    options: [
      out,
      {
        flags: "--level <level>",
        does: "standard: no messages, secrets or homes; minimal: also no folders, thread names, arguments (default: standard)",
        choices: redactionLevels,
      },
      { flags: "--dry-run", does: "only list what would leave" },
      json,
    ],
    notes: "What was equal is still equal: each secret is replaced by a hash whose salt is kept nowhere.",
  },
  {
    name: "sessions",
    words: "",
    does: "list your recordings",
    options: [json],
  },
  {
    name: "open",
    words: "<file>",
    does: "look at a recording in the browser",
    options: [port, host],
  },
];
