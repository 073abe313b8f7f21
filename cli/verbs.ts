// The verbs with their words, options and help: one row each, from which the parser, the help and the completion come. Next: program.ts, loaders.ts.
import { comparisonUnits } from "../shared/comparison-document.ts";
import { exportContents, exportFormats } from "../shared/export-formats.ts";

export interface OptionRow {
  readonly flags: string;
  readonly does: string;
  readonly choices?: readonly string[];
}
export type VerbName =
  | "ps"
  | "doctor"
  | "record"
  | "run"
  | "top"
  | "audit"
  | "watch"
  | "snapshot"
  | "why"
  | "report"
  | "compare"
  | "export"
  | "sessions"
  | "open"
  | "serve"
  | "demo"
  | "completion"
  | "setup";
export interface VerbRow {
  readonly name: VerbName;
  /** In commander's notation: <needed> [optional] <many...>. */
  readonly words: string;
  readonly does: string;
  readonly options: readonly OptionRow[];
  readonly notes?: string;
}

const json: OptionRow = { flags: "--json", does: "print one JSON document" };
const port: OptionRow = { flags: "--port <number>", does: "port to listen on (default: a free one)" };
const host: OptionRow = { flags: "--host <name>", does: "loopback name to listen on (default: 127.0.0.1)" };
const kinds = ["lifecycle", "gil", "errors"];
const duration: OptionRow = {
  flags: "--for <duration>",
  does: "how long, such as 30s or 5m (default: until Ctrl-C or the end of the process)",
};
const details: readonly OptionRow[] = [
  { flags: "--frames <n>", does: "Python frames kept for each allocation and each error (default: 1)" },
  {
    flags: "--gil-threshold <duration>",
    does: "from when on a hold of the GIL is a long one, such as 50ms (default: 10ms)",
  },
  { flags: "--error-details", does: "also what clears or overwrites an error that is set; costs more" },
];
const recording: readonly OptionRow[] = [
  { flags: "--out <file>", does: "where to write (default: among your sessions)" },
  duration,
  {
    flags: "--collect <kinds>",
    does: "what to collect, separated by commas (default: lifecycle)",
    choices: kinds,
  },
  ...details,
  { flags: "--max-size <size>", does: "keep only the latest part of the recording, such as 100MB" },
  {
    flags: "--privacy <level>",
    does: "how much the file tells about the program (default: standard)",
    choices: ["minimal", "standard", "full"],
  },
  json,
];
const override: OptionRow = {
  flags: "--override-remote-debug",
  does: "record although its owner disabled remote debugging",
};

export const verbs: readonly VerbRow[] = [
  {
    name: "ps",
    words: "",
    does: "list Python processes and whether they can be recorded",
    options: [json],
  },
  {
    name: "doctor",
    words: "[pid]",
    does: "check this machine, or every condition for recording a process, without touching it",
    options: [json],
  },
  {
    name: "record",
    words: "<pid>",
    does: "attach to a process and record it into a .refscope file; prints its path",
    options: [...recording, override],
    notes: "Ctrl-C once stops and finishes the file, twice detaches at once.",
  },
  {
    name: "run",
    words: "<program...>",
    does: "start a program and record it as soon as its interpreter is up",
    options: recording,
    notes: "Put -- before the program: refscope run --for 30s -- python app.py",
  },
  {
    name: "top",
    words: "<pid>",
    does: "watch a process: what grows, who holds the GIL and who waits, what is raised",
    options: [
      duration,
      { flags: "--out <file>", does: "keep the recording there (default: it is deleted at the end)" },
      {
        flags: "--collect <kinds>",
        does: "what to watch, separated by commas (default: all of it)",
        choices: kinds,
      },
      ...details,
      override,
      { flags: "--json", does: "print one JSON document a second, one a line" },
    ],
    notes: "Redrawn once a second; q or Ctrl-C ends it. Where there is no terminal, a block a second is printed.",
  },
  {
    name: "audit",
    words: "<pid> <module>",
    does: "find the references that an extension module leaks, and the rules of the C API that it breaks",
    options: [
      duration,
      { flags: "--guard", does: "keep the process alive when the module releases a reference it does not own" },
      { flags: "--out <file>", does: "where to keep the recording (default: among your sessions)" },
      override,
      json,
    ],
    notes: [
      "MODULE is the name that Python imports, or the path of its file; one that is not imported yet is waited for.",
      "Exit code: 0 nothing found, 1 something found, 7 none of its functions was called.",
    ].join("\n"),
  },
  {
    name: "watch",
    words: "<pid> [object...]",
    does: "record every change of an object's reference count, and who made it",
    options: [
      {
        flags: "--sample <site>",
        does: "follow the next objects made there: app.py:12, handler, type:dict, dict@app.py:12",
      },
      { flags: "--objects <n>", does: "how many of them, up to 64 (default: 16)" },
      duration,
      { flags: "--out <file>", does: "where to keep the recording (default: among your sessions)" },
      override,
      json,
    ],
    notes: "OBJECT is what hex(id(object)) says in that process; up to four. Ends by itself when all are freed.",
  },
  {
    name: "snapshot",
    words: "<pid>",
    does: "take a picture of all objects of a process and who refers to whom; it waits some milliseconds",
    options: [
      { flags: "--out <file>", does: "where to keep the recording (default: among your sessions)" },
      { flags: "--deadline <duration>", does: "what the walk may take, beside the process (default: 30s)" },
      { flags: "--memory <size>", does: "memory that the walk may take (default: half of what is free)" },
      override,
      json,
    ],
    notes:
      "The walk is done by a child that the process forks; no hook is installed. `refscope why FILE OBJECT` asks on.",
  },
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
    options: [json, { flags: "--markdown", does: "print Markdown" }, { flags: "--html", does: "print one HTML page" }],
  },
  {
    name: "compare",
    words: "[recordings...]",
    does: "say what a second recording, or a second build, does otherwise: fixed, improved, same, worse, new-leak",
    options: [
      { flags: "--per <unit>", does: "what rates are told by (default: second)", choices: comparisonUnits },
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
  {
    name: "serve",
    words: "",
    does: "serve the browser interface on this machine",
    options: [
      port,
      host,
      { flags: "--open", does: "start the browser as well" },
      {
        flags: "--metrics",
        does: "also serve OpenMetrics of the running recordings at /metrics, to who has the token",
      },
    ],
    notes: "From another machine: ssh -L PORT:127.0.0.1:PORT, then open the link there.",
  },
  {
    name: "demo",
    words: "",
    does: "find the leak of an example service, from start to finish",
    options: [{ flags: "--no-serve", does: "end after the report" }],
    notes: [
      "Starts a leaking service, records it for 15 s, prints the report. On a terminal the recording is",
      "then served to the browser until Ctrl-C; otherwise the command that does so is printed, and nothing",
      "keeps running.",
    ].join("\n"),
  },
  {
    name: "completion",
    words: "<shell>",
    does: "print the completion script of bash, zsh or fish",
    options: [],
  },
  {
    name: "setup",
    words: "",
    does: "install and build what is missing",
    options: [],
  },
];
