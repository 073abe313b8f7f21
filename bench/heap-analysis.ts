// A synthetic heap of three million objects and seven million edges in; how long each question about it takes and the memory it needs, out.
import { shortestCycle } from "../engine/analysis/heap/cycles.ts";
import { HeapAnalysis } from "../engine/analysis/heap/heap-analysis.ts";
import { ways } from "../engine/analysis/heap/paths.ts";
import { largeHeap } from "../test/fixtures/large-heap.ts";
import { printFigure } from "./lib/figures.ts";

const records = 1_000_000;

function timed<T>(name: string, ask: () => T): { readonly value: T; readonly ms: number } {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const value = ask();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const busy = ((user + system) / 1000).toFixed(0);
  printFigure({ name: `heap-analysis ${name}`, value: `${ms.toFixed(0)} ms (${busy} ms of a processor)`, runs: 1 });
  return { value, ms };
}

const residentBefore = process.resourceUsage().maxRSS;
const graph = largeHeap(records);
const analysis = new HeapAnalysis(graph);
const target = graph.count - 1;
const needed = [
  timed("unexplained references", () => analysis.unexplained),
  timed("reachability", () => analysis.reach),
  timed("dominators and retained sizes", () => analysis.dominators),
  timed("reverse edges", () => analysis.reverse),
];
const { reach, reverse, unexplained } = analysis;
timed("two ways to a root", () => ways({ graph, reverse }, reach, unexplained, target));
timed("shortest cycle", () => shortestCycle(graph, analysis.dominators.immediate, target));
const total = needed.reduce((sum, { ms }) => sum + ms, 0);
const perObject = ((process.resourceUsage().maxRSS - residentBefore) * 1024) / graph.count;
const size = `${graph.count} objects, ${graph.edges.length} edges`;
printFigure({
  ...{ name: `heap-analysis all of ${size}`, value: `${(total / 1000).toFixed(2)} s`, wanted: "at most 6 s", runs: 1 },
});
printFigure({
  ...{ name: "heap-analysis memory at most", value: `${perObject.toFixed(0)} bytes an object, the graph included` },
  ...{ wanted: "at most 250", runs: 1 },
});
