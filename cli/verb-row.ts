// What a row of the table of verbs is, and the options that several have. Next: process-verbs.ts, recording-verbs.ts, verbs.ts.
export interface OptionRow {
  readonly flags: string;
  readonly does: string;
  readonly choices?: readonly string[];
  /** It may be given more than once. */
  readonly many?: true;
}
export type VerbName =
  | "ps"
  | "doctor"
  | "record"
  | "run"
  | "top"
  | "diagnose"
  | "audit"
  | "watch"
  | "snapshot"
  | "why"
  | "report"
  | "compare"
  | "export"
  | "verify"
  | "salvage"
  | "redact"
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

export const mark = (does: string): OptionRow => ({ flags: "--mark <time[=name]>", does, many: true });
export const json: OptionRow = { flags: "--json", does: "print one JSON document" };
export const filter: OptionRow = {
  flags: "--filter <filter>",
  does: "only rows such as 'type:dict live>1k -module:test'; docs/filters.md has the grammar",
};
export const port: OptionRow = { flags: "--port <number>", does: "port to listen on (default: a free one)" };
export const host: OptionRow = { flags: "--host <name>", does: "loopback name to listen on (default: 127.0.0.1)" };
export const duration: OptionRow = {
  flags: "--for <duration>",
  does: "how long, such as 30s or 5m (default: until Ctrl-C or the end of the process)",
};
/** Another machine's processes. */
export const device: readonly OptionRow[] = [
  { flags: "--device <host:port>", does: "of the machine where frida-server or a Portal listens there" },
  { flags: "--token-file <file>", does: "its token (default: REFSCOPE_DEVICE_TOKEN)" },
  { flags: "--certificate <file>", does: "the certificate it must show, in PEM; with it the line is encrypted" },
];
export const override: OptionRow = {
  flags: "--override-remote-debug",
  does: "record although its owner disabled remote debugging",
};
