// The core's tables of an audited module in, the rows that changed since the last message out. Next: drain.ts sends them.
import type { AuditMessage } from "../shared/audit-protocol.ts";
import { findingRules } from "../shared/records.ts";
import type { BoundNames } from "./audit-bound.ts";
import { apiSlotOffsets, balances, entryOffsets, findingOffsets, missedOffsets, rowOffsets } from "./core/audit.ts";
import type { Core } from "./core/core.ts";

/** Rows of busy functions change with each drain; this often is enough for a reader. */
const everyDrains = 5;
/** ROLE_… of native/audit.h. */
const roles = {
  self: 0,
  result: 64,
  returned: 65,
  owned: 66,
  made: 67,
  type: 68,
  global: 69,
  memory: 70,
  orphan: 71,
  refused: 72,
  cycle: 73,
} as const;
const unknown = "?";

type Input<K extends "functions" | "keeps" | "findings" | "missed"> = NonNullable<AuditMessage[K]>[number];

export interface AuditRows {
  /** Slots of the C API by address. */
  slots(patched: ReadonlyMap<string, string>): void;
  /** Reads the names of what was found, or takes those of slots that are bound to one; under the GIL. */
  learn(bound: BoundNames): void;
  fresh(last: boolean): AuditMessage | undefined;
}

export function auditRows(core: Core, module: Module): AuditRows {
  const names = new Map<number, string>();
  const changed = changes();
  let symbols: ReadonlyMap<string, string> = new Map();
  let drains = 0;
  const api = (id: number): string | null => {
    if (id === 0) return null;
    const slot = pointerAt(core.audit.read("apis", apiSlotOffsets.size, id - 1), apiSlotOffsets.slot);
    return symbols.get(slot) ?? unknown;
  };
  return {
    slots(patched) {
      symbols = patched;
    },
    learn(bound) {
      const view = core.audit.read("entries", entryOffsets.size, 1);
      for (const [id, at] of rowsOf(view, entryOffsets.size))
        if (!names.has(id) && isWithin(module, pointerAt(view, at + entryOffsets.function)))
          names.set(id, bound.get(pointerAt(view, at + entryOffsets.slot)) ?? nameOf(view, at));
    },
    fresh(last) {
      if (++drains % everyDrains !== 1 && !last) return undefined;
      const message = {
        functions: functionsOf(core, module, names),
        keeps: keepsOf(core, api),
        findings: findingsOf(core, api),
        missed: missedOf(core, api),
        entryPoints: names.size,
      };
      return changed(message);
    },
  };
}

/** Leaves out of each list what was sent as it is. */
function changes(): (message: AuditMessage) => AuditMessage {
  const sent = new Map<string, string>();
  const isNew = (key: string, row: unknown) => {
    const text = JSON.stringify(row);
    if (sent.get(key) === text) return false;
    sent.set(key, text);
    return true;
  };
  return ({ functions, keeps, findings, missed, entryPoints }) => ({
    functions: functions.filter((row) => isNew(`f${row.id}`, row)),
    keeps: keeps.filter((row) => isNew(`k${row.function},${row.role},${row.api},${row.type}`, row)),
    findings: findings.filter((row) =>
      isNew(`r${row.rule},${row.function},${row.api},${row.type},${row.address}`, row),
    ),
    missed: missed.filter((row) => isNew(`m${row.api},${row.address}`, row)),
    entryPoints,
  });
}

function functionsOf(core: Core, module: Module, names: ReadonlyMap<number, string>): Input<"functions">[] {
  const view = core.audit.read("entries", entryOffsets.size, 1);
  return rowsOf(view, entryOffsets.size).flatMap(([id, at]) => {
    const name = names.get(id);
    if (name === undefined) return [];
    const address = pointerAt(view, at + entryOffsets.function);
    return [{ id, module: module.path, name, address, calls: numberAt(view, at + entryOffsets.calls) }];
  });
}

function keepsOf(core: Core, api: (id: number) => string | null): Input<"keeps">[] {
  const view = core.audit.read("rows", rowOffsets.size, 1);
  return rowsOf(view, rowOffsets.size).flatMap(([, at]) => {
    const calls = numberAt(view, at + rowOffsets.calls);
    const seen = Array.from({ length: balances }, (_, i) => numberAt(view, at + rowOffsets.seen + 8 * i));
    const middle = (balances - 1) / 2;
    const consistent = Math.max(...seen.filter((_, i) => i !== middle));
    const references = Number(view.getBigInt64(at + rowOffsets.references, true));
    if (consistent === 0 && references === 0) return [];
    const address = addressAt(view, at + rowOffsets.address);
    const role = roleName(view.getUint32(at + rowOffsets.role, true));
    const type = view.getUint32(at + rowOffsets.type, true);
    const name = api(view.getUint32(at + rowOffsets.api, true));
    const function_ = view.getUint32(at + rowOffsets.entry, true);
    return [{ function: function_, role, api: name, type, references, calls, consistent, address }];
  });
}

function roleName(role: number): string {
  const name = Object.entries(roles).find(([, number]) => number === role)?.[0];
  if (name === undefined) return `argument ${role}`;
  return name === "owned" ? "created" : name;
}

function findingsOf(core: Core, api: (id: number) => string | null): Input<"findings">[] {
  const view = core.audit.read("findings", findingOffsets.size, 1);
  const word = (at: number, name: keyof typeof findingOffsets) => numberAt(view, at + findingOffsets[name]);
  return rowsOf(view, findingOffsets.size).flatMap(([, at]) => {
    const rule = findingRules[word(at, "rule")];
    if (rule === undefined) return [];
    const address = addressAt(view, at + findingOffsets.address);
    const counts = { count: word(at, "count"), guarded: word(at, "guarded") };
    return [
      { rule, function: word(at, "entry"), api: api(word(at, "api")), type: word(at, "type"), address, ...counts },
    ];
  });
}

function missedOf(core: Core, api: (id: number) => string | null): Input<"missed">[] {
  const view = core.audit.read("missed", missedOffsets.size, 1);
  return rowsOf(view, missedOffsets.size).flatMap(([, at]) => {
    const name = api(numberAt(view, at + missedOffsets.api));
    if (name === null) return [];
    const address = pointerAt(view, at + missedOffsets.address);
    return [{ api: name, calls: numberAt(view, at + missedOffsets.calls), address }];
  });
}

/** Number, from 1 on, and place of each row. */
const rowsOf = (view: DataView, size: number): readonly (readonly [number, number])[] =>
  Array.from({ length: view.byteLength / size }, (_, i) => [i + 1, i * size] as const);

const numberAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));
const pointerAt = (view: DataView, at: number): string => `0x${view.getBigUint64(at, true).toString(16)}`;
const addressAt = (view: DataView, at: number): string | null =>
  view.getBigUint64(at, true) === 0n ? null : pointerAt(view, at);

const isWithin = ({ base, size }: Module, address: string): boolean =>
  ptr(address).compare(base) >= 0 && ptr(address).compare(base.add(size)) < 0;

/** `Parser.feed` of the tp_name `package.Parser` and the method's own name. */
function nameOf(view: DataView, at: number): string {
  const text = (offset: number) => {
    const address = pointerAt(view, at + offset);
    try {
      return address === "0x0" ? undefined : (ptr(address).readUtf8String()?.slice(0, 1000) ?? unknown);
    } catch {
      return unknown;
    }
  };
  const owner = text(entryOffsets.owner)?.split(".").at(-1);
  const name = text(entryOffsets.name) ?? unknown;
  return owner === undefined ? name : `${owner}.${name}`;
}
