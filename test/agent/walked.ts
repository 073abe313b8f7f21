// A pid in, the real agent armed in it with nothing collected out, and graphs of its heap as the engine would decode them. Next: heap.test.ts, heap-safety.test.ts.
import { readdirSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { decodeHeap } from "../../engine/analysis/heap/decode.ts";
import type { HeapGraph } from "../../engine/analysis/heap/heap-graph.ts";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { type HeapBegun, type HeapPart, type HeapRequest, heapBegun, heapPart } from "../../shared/heap-protocol.ts";
import { milliseconds, type Pid } from "../../shared/units.ts";
import { value } from "../gateway/value.ts";
import type { Python } from "./pythons.ts";
import { load } from "./recorded.ts";

export interface Walking {
  begin(request?: Partial<HeapRequest>): Promise<HeapBegun>;
  part(): Promise<{ readonly told: HeapPart; readonly bytes: Uint8Array }>;
  /** From `begin` to the end: all that was written, and how it ended. */
  walk(request?: Partial<HeapRequest>): Promise<{ readonly told: HeapPart; readonly parts: readonly Uint8Array[] }>;
  graph(): Promise<HeapGraph>;
  leave(): Promise<void>;
}

const usual: HeapRequest = { names: true, deadlineMs: 30_000, mostBytes: 4e9 };
const nothing = { lifecycle: false, nativeMemory: false };

export async function walking(gateway: Gateway, pid: Pid, python: Python, lifecycle = false): Promise<Walking> {
  const loaded = await load(gateway, pid);
  const armed = await loaded.arm({ ...nothing, lifecycle });
  if (armed.kind !== "armed") throw new Error(JSON.stringify(armed));
  const call = async (name: string, words: readonly unknown[]) => value(await loaded.script.call(name, words));
  const begin = async (request: Partial<HeapRequest> = {}) =>
    v.parse(heapBegun, (await call("heapBegin", [{ ...usual, ...request }])).value);
  const part = async () => {
    const answer = await call("heapPart", []);
    return { told: v.parse(heapPart, answer.value), bytes: answer.bytes ?? new Uint8Array() };
  };
  const walk = async (request: Partial<HeapRequest> = {}) => {
    const begun = await begin(request);
    if (begun.kind === "refused") throw new Error(JSON.stringify(begun));
    for (const parts: Uint8Array[] = []; ; ) {
      const { told, bytes } = await part();
      if (bytes.length > 0) parts.push(bytes);
      if (told.kind !== "more") return { told, parts };
    }
  };
  return {
    begin,
    part,
    walk,
    async graph() {
      const { told, parts } = await walk();
      if (told.kind !== "whole") throw new Error(JSON.stringify(told));
      const [at, pause] = [milliseconds(0), milliseconds(0)];
      return decodeHeap({ at, pause, minor: python.version % 100, parts, notObserved: [] });
    },
    async leave() {
      await loaded.disarm();
      await loaded.leave();
    },
  };
}

/** Pids of processes that it forked and that are not collected yet, with their state. */
export function childrenOf(pid: Pid): readonly { readonly pid: number; readonly state: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, rest = ""] = readFileSync(`/proc/${name}/stat`, "latin1").split(") ");
        const [state = "", parent] = rest.split(" ");
        return Number(parent) === pid ? [{ pid: Number(name), state }] : [];
      } catch {
        return [];
      }
    });
}

/** Questions about one graph, by address as hex(id(object)) says it. */
export class Asked {
  readonly #graph: HeapGraph;
  readonly #nodes = new Map<number, number>();

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    for (const [node, address] of graph.addresses.entries()) this.#nodes.set(address, node);
  }

  node(address: unknown): number {
    return this.#nodes.get(Number(address)) ?? -1;
  }
  type(address: unknown): string | undefined {
    return this.#graph.typeList[this.#graph.types[this.node(address)] ?? -1]?.name;
  }
  flags(address: unknown): number {
    return this.#graph.flags[this.node(address)] ?? 0;
  }
  count(address: unknown): number | undefined {
    return this.#graph.counts[this.node(address)];
  }
  /** "kind label → address" of each reference that it holds. */
  edges(address: unknown): readonly { readonly kind: number; readonly label: number | string; readonly to: number }[] {
    const { edgeStart, edges, edgeKinds, edgeLabels, names, addresses } = this.#graph;
    const node = this.node(address);
    return Array.from({ length: (edgeStart[node + 1] ?? 0) - (edgeStart[node] ?? 0) }, (_, i) => {
      const edge = (edgeStart[node] ?? 0) + i;
      const [kind = -1, label = -1] = [edgeKinds[edge], edgeLabels[edge]];
      const named = [2, 3, 5].includes(kind) ? names[label] : undefined;
      return { kind, label: named ?? label, to: addresses[edges[edge] ?? 0] ?? 0 };
    });
  }
}
