// The verbs with their words, options and help: one row each, from which the parser, the help and the completion come. Next: program.ts, loaders.ts.
import { processVerbs } from "./process-verbs.ts";
import { recordingVerbs } from "./recording-verbs.ts";
import { host, port, type VerbRow } from "./verb-row.ts";

export const verbs: readonly VerbRow[] = [
  ...processVerbs,
  ...recordingVerbs,
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
