// The states of the recordings in, what a scraper reads of those that run out: OpenMetrics 1.0, text. Next: door.ts.
import { basename } from "node:path";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { safe } from "../text/safe.ts";

export const metricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge" | "info";
  readonly unit?: string;
  readonly help: string;
  readonly samples: (state: RecordingState) => readonly Sample[];
}
interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
const byKind = (counts: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(counts).map(([kind, value]) => ({ labels: { kind }, value }));

const families: readonly Family[] = [
  {
    ...{ name: "refscope_recording", type: "info", help: "A recording that runs." },
    samples: ({ phase, target }) => [
      {
        labels: {
          phase,
          pid: String(target?.pid ?? ""),
          python: target?.python ?? "",
          platform: target?.platform ?? "",
        },
        value: 1,
      },
    ],
  },
  {
    ...{ name: "refscope_recording_seconds", type: "gauge", unit: "seconds", help: "How long it has been running." },
    samples: ({ seconds }) => one(seconds),
  },
  {
    ...{ name: "refscope_recording_size_bytes", type: "gauge", unit: "bytes", help: "How large its file is." },
    samples: ({ bytes }) => one(bytes),
  },
  {
    ...{ name: "refscope_events_produced", type: "counter", help: "Events that happened in the process." },
    samples: ({ produced }) => byKind(produced),
  },
  {
    ...{ name: "refscope_events_stored", type: "counter", help: "Events that are in the file." },
    samples: ({ stored }) => byKind(stored),
  },
  {
    ...{ name: "refscope_events_dropped", type: "counter", help: "Events that were lost." },
    samples: ({ dropped }) => byKind(dropped),
  },
];
const suffixes = { counter: "_total", gauge: "", info: "_info" } as const;

export function openMetrics(states: readonly RecordingState[]): string {
  const running = states.filter(({ phase }) => phase !== "closed");
  return `${families.flatMap((family) => familyLines(family, running)).join("\n")}\n# EOF\n`;
}

function familyLines(
  { name, type, unit, help, samples }: Family,
  running: readonly RecordingState[],
): readonly string[] {
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...running.flatMap((state) =>
      samples(state).map(
        ({ labels, value }) =>
          `${name}${suffixes[type]}${labelsText({ recording: basename(state.path), ...labels })} ${value}`,
      ),
    ),
  ];
}

const labelsText = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",")}}`;

const escaped = (value: string): string => safe(value).replace(/[\\"]/g, "\\$&");
