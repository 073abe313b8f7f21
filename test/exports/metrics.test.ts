// In: recordings that run. Out: what the parser of Prometheus' own client reads of their metrics.
import { execFileSync } from "node:child_process";
import * as v from "valibot";
import { expect, test } from "vitest";
import { openMetrics } from "../../cli/serve/metrics.ts";
import { pythonWith } from "../fixtures/python-packages.ts";
import { target } from "../fixtures/synthetic-recording.ts";

const script = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
families = list(text_string_to_metric_families(sys.stdin.read()))
print(json.dumps([[f.name, f.type, f.unit, [[s.name, s.labels, s.value] for s in f.samples]] for f in families]))
`;
const families = v.array(
  v.tuple([
    v.string(),
    v.string(),
    v.string(),
    v.array(v.tuple([v.string(), v.record(v.string(), v.string()), v.number()])),
  ]),
);

test("Prometheus' client reads the metrics, also with hostile names, and with nothing running", (context) => {
  const python = pythonWith("prometheus-client");
  if ("missing" in python) return context.skip(python.missing);
  const read = (text: string) =>
    v.parse(families, JSON.parse(execFileSync(python.path, ["-c", script], { input: text, encoding: "utf8" })));
  const evil = 'a"b\\\n\u202e# EOF';
  const state = {
    ...({ path: `/r/${evil}.refscope`, phase: "recording", seconds: 1.5, bytes: 4096, rate: 1 } as const),
    ...{ target: { ...target, build: [], python: evil }, roomSeconds: null, rssBytes: null, trimmed: false },
    ...{ heardSeconds: 0.1, ended: null, steps: [] },
    ...{ produced: { allocations: 12, frees: 7 }, stored: { allocations: 11, frees: 7 }, dropped: { allocations: 1 } },
  };
  const found = read(openMetrics([state]));
  expect(found.map(([name, type, unit]) => [name, type, unit])).toEqual([
    ["refscope_recording", "info", ""],
    ["refscope_recording_seconds", "gauge", "seconds"],
    ["refscope_recording_size_bytes", "gauge", "bytes"],
    ["refscope_events_produced", "counter", ""],
    ["refscope_events_stored", "counter", ""],
    ["refscope_events_dropped", "counter", ""],
  ]);
  const produced = found[3]?.[3].map(([, { kind }, value]) => [kind, value]);
  expect(produced).toEqual([
    ["allocations", 12],
    ["frees", 7],
  ]);
  expect(found[0]?.[3][0]?.[1]["python"]).toBe('a"b\\\\x0a\\u202e# EOF');
  expect(read(openMetrics([])).every(([, , , samples]) => samples.length === 0)).toBe(true);
});
