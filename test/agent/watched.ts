// A pid and addresses in, the real agent following those objects out, with every change it tells of; and a Python's own build of watched.c.
// Next: watch.test.ts asks.
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { Gateway, GatewayScript, GatewaySession } from "../../engine/gateway/gateway.ts";
import { readAgentFiles } from "../../engine/session/agent-files.ts";
import { Heartbeat } from "../../engine/session/heartbeat.ts";
import {
  type AgentMessage,
  type ArmReply,
  agentCalls,
  agentMessage,
  armReply,
  disarmReply,
  type SampleSite,
} from "../../shared/agent-protocol.ts";
import type { RawBatch, RawWatchState } from "../../shared/records.ts";
import type { Pid } from "../../shared/units.ts";
import { decodeBatch } from "../../shared/wire.ts";
import { buildExtension } from "../fixtures/build-extension.ts";
import { value } from "../gateway/value.ts";
import type { Python } from "./pythons.ts";

type Definitions = Extract<AgentMessage, { kind: "batch" }>;
export interface Change {
  readonly object: number;
  readonly thread: number;
  readonly delta: number;
  readonly count: number;
  /** Of the innermost Python frame. */
  readonly function: string | undefined;
  readonly native: readonly bigint[];
}

const folder = mkdtempSync(join(tmpdir(), "refscope-watched-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Python words that make `watched` importable; undefined when it cannot be built for this Python here. */
export function importWatched(python: Python): string | undefined {
  const [program, ...more] = python.start;
  if (more.length > 0) return undefined;
  return buildExtension(program, join(import.meta.dirname, "watched.c"), folder)
    ? `sys.path.insert(0, ${JSON.stringify(folder)})\nimport watched\n`
    : undefined;
}

export class Followed {
  readonly changes: Change[] = [];
  readonly modules = new Map<string, { readonly base: bigint; readonly size: number }>();
  readonly said: string[] = [];
  states: readonly RawWatchState[] = [];
  first: Definitions["watched"] = [];
  sampled: Definitions["sampled"];
  readonly #codes = new Map<number, string>();
  readonly #places = new Map<number, Definitions["places"][number]>();

  add({ codes, places, watched, modules, sampled }: Definitions, batch: RawBatch): void {
    for (const code of codes) this.#codes.set(code.id, code.function);
    for (const place of places) this.#places.set(place.id, place);
    for (const { path, base, size } of modules) this.modules.set(path, { base: BigInt(base), size });
    this.first = [...this.first, ...watched];
    this.sampled = sampled ?? this.sampled;
    this.states = batch.watched;
    const { changes } = batch;
    for (let row = 0; row < changes.length; row++) {
      const place = this.#places.get(changes.place[row] ?? 0);
      this.changes.push({
        object: changes.object[row] ?? -1,
        thread: changes.thread[row] ?? 0,
        delta: changes.delta[row] ?? 0,
        count: changes.count[row] ?? 0,
        function: place && this.#codes.get(place.code),
        native: (place?.native ?? []).map(BigInt),
      });
    }
  }

  of(object: number): readonly Change[] {
    return this.changes.filter((change) => change.object === object);
  }
  /** Changes that the extension's own code wrote. */
  own(object = 0): readonly Change[] {
    const [, module] = [...this.modules].find(([path]) => /\/watched\.[^/]*so$/.test(path)) ?? [];
    const inside = (at: bigint | undefined) =>
      module !== undefined && at !== undefined && at >= module.base && at < module.base + BigInt(module.size);
    return this.of(object).filter(({ native }) => inside(native[0]));
  }
  /** Each change starts where the one before ended. */
  gaps(object = 0): number {
    let count = this.first[object]?.count;
    let gaps = 0;
    for (const change of this.of(object)) {
      if (count === undefined || count + change.delta !== change.count) gaps++;
      count = change.count;
    }
    return gaps;
  }
}

export interface Watching {
  readonly session: GatewaySession;
  readonly script: GatewayScript;
  readonly told: Followed;
  follow(...addresses: readonly unknown[]): Promise<ArmReply>;
  sample(site: SampleSite, objects: number): Promise<ArmReply>;
  stop(): Promise<v.InferOutput<typeof disarmReply>>;
  silence(): void;
  leave(): Promise<void>;
}

const nothingElse = {
  frames: 1,
  lifecycle: false,
  nativeMemory: false,
  gil: false,
  gilThresholdMs: 10,
  errors: false,
  errorDetails: false,
  errorMessages: false,
};

export async function watch(gateway: Gateway, pid: Pid): Promise<Watching> {
  const files = value(readAgentFiles());
  const told = new Followed();
  let beats: Heartbeat | undefined;
  const session = value(await gateway.attach(pid));
  const script = value(
    await session.loadScript(files.source, {
      error: (text) => void told.said.push(text),
      message(payload, bytes) {
        const message = v.parse(agentMessage, payload);
        if (message.kind !== "batch") return void told.said.push(message.kind);
        const batch = decodeBatch(bytes ?? new Uint8Array());
        told.add(message, batch);
        beats?.stored(batch.sequence);
      },
    }),
  );
  const call = async (name: string, words: readonly unknown[], bytes?: Uint8Array) =>
    value(await script.call(name, words, bytes)).value;
  const arm = async (what: Readonly<Record<string, unknown>>) => {
    beats = new Heartbeat((beat) => script.post(beat));
    return v.parse(armReply, await call(agentCalls.arm, [{ ...nothingElse, ...what }], files.core));
  };
  return {
    session,
    script,
    told,
    follow: (...addresses) => arm({ watch: addresses }),
    sample: (site, objects) => arm({ sample: { ...site, objects } }),
    async stop() {
      const reply = v.parse(disarmReply, await call(agentCalls.disarm, []));
      beats?.stop();
      return reply;
    },
    silence: () => beats?.stop(),
    async leave() {
      beats?.stop();
      await script.unload();
      await session.detach();
    },
  };
}

/** Breakpoints that a process has open. */
export const breakpointsOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).includes("perf_event");
    } catch {
      return false; // closed meanwhile
    }
  }).length;

/** Whether somebody handles SIGTRAP there. */
export const handlesTrap = (pid: number): boolean => {
  const [, caught = "0"] = /^SigCgt:\s*(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (BigInt(`0x${caught}`) & 16n) !== 0n;
};
