// A candidate and the history of its object in; the functions whose references stay, out. Used by naming.ts.
import { basename } from "node:path";
import type { History } from "../../shared/documents.ts";
import { interpreterItself } from "../analysis/places.ts";
import type { Candidate, Named } from "./candidate.ts";

/** Extension functions are blamed that make this part of what stays, when all of them together make the other. */
const part = 0.1;
const together = 0.5;
/** Fewer changes say nothing. */
const fewest = 4;

export function watchNames(candidate: Candidate, history: History): readonly Named[] {
  const { net, events } = history;
  const kept = net.reduce((sum, { delta }) => sum + delta, 0);
  if (events.length < fewest || kept <= 0) return [];
  const extension = net.filter((row) => row.function !== interpreterItself && row.delta >= part * kept);
  const sum = extension.reduce((total, { delta }) => total + delta, 0);
  // Who makes instances of a type takes references on it, as it must: who does not give them back is told by an audit.
  const sure = (candidate.heapType ? 0.6 : 0.9) * Math.min(1, kept / 8);
  if (sum >= together * kept) return extension.map((row) => namedBy(candidate, history, row, kept, sure));
  const inner = innermost(history);
  return inner ? [{ ...inner, sure: sure * 0.8 }] : [];
}

function namedBy(
  candidate: Candidate,
  { object, events, net }: History,
  { module, function: name, delta }: History["net"][number],
  kept: number,
  sure: number,
): Named {
  const runs = events.filter((event) => event.delta > 0).map(({ native }) => runOf(native, module));
  const run = runs.find(([first]) => first?.function === name) ?? runs.find((frames) => frames.length > 0) ?? [];
  const [inner, entry] = [run[0], run.at(-1)];
  const others = net.length > 1 ? `, all others ${signed(kept - delta)}` : "";
  const within = entry?.function && entry.function !== name ? `${entry.function}, by ` : "";
  return {
    blame: {
      module,
      function: entry?.function ?? name,
      native: name,
      file: inner?.file ?? null,
      line: inner?.line ?? null,
    },
    perCall: undefined,
    sure: sure * Math.min(1, delta / kept),
    sentence: `Of ${events.length} changes to the count of the ${candidate.type ?? object.type} at ${object.address}, ${within}${name} of ${basename(module)} made ${signed(delta)}${others}.`,
  };
}

/** The functions of the module that call each other, from the one that wrote to the one that was called from outside. */
function runOf(native: History["events"][number]["native"], module: string): History["events"][number]["native"] {
  const from = native.findIndex((frame) => frame.module === module);
  if (from < 0) return [];
  const end = native.findIndex((frame, at) => at > from && frame.module !== module);
  return native.slice(from, end < 0 ? native.length : end);
}

/** The interpreter kept them for somebody: for the Python function that ran when most of them were taken. */
function innermost({ object, events }: History): Named | undefined {
  const sums = new Map<string, { event: History["events"][number]; delta: number }>();
  for (const event of events) {
    const key = JSON.stringify([event.python?.function, event.python?.file, event.native[0]?.function]);
    const row = sums.get(key) ?? { event, delta: 0 };
    row.delta += event.delta;
    sums.set(key, row);
  }
  const [most] = [...sums.values()].sort((a, b) => b.delta - a.delta);
  if (!most || most.delta <= 0) return undefined;
  const { python, native } = most.event;
  const module = python?.file ?? native[0]?.module ?? "?";
  const name = python?.function ?? native[0]?.function ?? "?";
  return {
    blame: {
      module,
      function: name,
      native: native[0]?.function ?? null,
      file: python?.file ?? null,
      line: python?.line ?? null,
    },
    perCall: undefined,
    sure: 0.6,
    sentence: `Of ${events.length} changes to the count of the ${object.type} at ${object.address}, those while ${name} ran add up to ${signed(most.delta)}; no function of an extension kept any.`,
  };
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
