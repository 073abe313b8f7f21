// The verbs that look at a running process. Next: verbs.ts.
import { device, duration, filter, json, mark, type OptionRow, override, type VerbRow } from "./verb-row.ts";

const kinds = ["lifecycle", "gil", "errors"];
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
  mark("set a mark when the recording comes to it, such as 10s or 10s=warm; may be given more than once"),
  { flags: "--max-size <size>", does: "keep only the latest part of the recording, such as 100MB" },
  {
    flags: "--privacy <level>",
    does: "how much the file tells about the program (default: standard)",
    choices: ["minimal", "standard", "full"],
  },
  json,
];

export const processVerbs: readonly VerbRow[] = [
  {
    name: "ps",
    words: "",
    does: "list Python processes and whether they can be recorded",
    options: [filter, ...device, json],
  },
  {
    name: "doctor",
    words: "[pid]",
    does: "check this machine, or every condition for recording a process, without touching it",
    options: [...device, json],
  },
  {
    name: "record",
    words: "<pid>",
    does: "attach to a process and record it into a .refscope file; prints its path",
    options: [...recording, override, ...device],
    notes: "Ctrl-C once stops and finishes the file, twice detaches at once. In a terminal m sets a mark.",
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
      ...device,
      { flags: "--json", does: "print one JSON document a second, one a line" },
    ],
    notes: "Redrawn once a second; q or Ctrl-C ends it. Where there is no terminal, a block a second is printed.",
  },
  {
    name: "diagnose",
    words: "<pid-or-file>",
    does: "say whether a process leaks, what, how fast, who holds it and which function does it",
    options: [
      { flags: "--for <duration>", does: "how long it may take (default: 30s)" },
      { flags: "--module <name>", does: "audit this extension module in any case" },
      { flags: "--out <file>", does: "where to keep the recording with the verdict (default: among your sessions)" },
      override,
      ...device,
      { flags: "--markdown", does: "print Markdown, to paste in a bug report" },
      json,
    ],
    notes: [
      "Of a FILE: the verdict that it keeps, else what the recording shows by itself.",
      "Ctrl-C once: the verdict from what is known by then, twice: detach at once.",
      "Exit code: 0 no leak, 1 a leak, 7 too little was seen for a verdict.",
    ].join("\n"),
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
      ...device,
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
      ...device,
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
      ...device,
      json,
    ],
    notes:
      "The walk is done by a child that the process forks; no hook is installed. `refscope why FILE OBJECT` asks on.",
  },
];
