// The name of an extension module in; its functions and its slots of the C API go through the core, now or as soon as it is loaded. Next: audit-rows.ts.
import type { AuditMessage, AuditRequest } from "../shared/audit-protocol.ts";
import { type ApiRules, apiRules } from "./audit-api.ts";
import { type BoundNames, bindCallables } from "./audit-bound.ts";
import { collectorOf, importedModule, targetOf } from "./audit-objects.ts";
import { type AuditRows, auditRows } from "./audit-rows.ts";
import type { Core } from "./core/core.ts";
import { readOnlyPages, slotsOf, writableData } from "./elf-slots.ts";
import type { Gil } from "./gil.ts";
import { exported, type Interpreter } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";
import { type Refusal, refuse } from "./refusal.ts";

export interface Auditing {
  /** Looks whether the module is there by now. */
  learn(modules: readonly Module[]): void;
  fresh(last: boolean): AuditMessage | undefined;
  /** Counts what is still kept; before the hooks are taken out. */
  stop(): void;
  /** Takes out of subclasses what they inherited; after the hooks were taken out. */
  end(): void;
}

export interface Audited {
  readonly interpreter: Interpreter;
  readonly layout: Layout;
  readonly core: Core;
  readonly gil: Gil;
}

/** Functions that are made while the module runs its first code are looked for again after so many drains, then ever more seldom. */
const firstLook = 2;
/** Counts of what the module's data points to are compared after so many drains. */
const lookAtGlobals = 3;

/** The reason why a module cannot be audited, before anything is changed. */
export function cannotAudit({ interpreter, gil }: Audited, { module }: AuditRequest): Refusal | undefined {
  if (Process.arch !== "x64")
    return refuse("unsupported-build", { build: "CPython on this machine", advice: "Audit it on x86-64." });
  if (Process.enumerateModules().some((loaded) => isCalled(loaded, module))) return undefined;
  const imported = gil.with(() => importedModule(interpreter, module) !== undefined);
  return imported ? refuse("no-such-module", { module }) : undefined;
}

export function auditModule(audited: Audited, request: AuditRequest): Auditing | undefined {
  const { core, interpreter, gil } = audited;
  if (!core.audit.prepare(targetOf(audited, request.guard))) return undefined;
  const collector = collectorOf(interpreter, core);
  const rules = apiRules(interpreter.versionHex);
  /** Those with a name first: what is left shares an entry. */
  const patchAll = (): BoundNames => {
    const module = importedModule(interpreter, request.module)?.namespace;
    const names: BoundNames = module ? bindCallables(interpreter, core, module) : new Map();
    collector.patch();
    return names;
  };
  let rows: AuditRows | undefined;
  let ticks = 0;
  let lookAt = firstLook;
  let stopped = false;
  return {
    learn(modules) {
      const module = rows === undefined && !stopped ? modules.find((one) => isCalled(one, request.module)) : undefined;
      if (module === undefined) return;
      const found = auditRows(core, module);
      gil.with(() => {
        found.slots(patchModule(audited, rules, module, request.module));
        const bound = patchAll();
        // Last: to list all objects may run Python code, which lets other threads in.
        core.audit.begin();
        found.learn(bound);
      });
      rows = found;
      ticks = 0;
    },
    fresh(last) {
      if (rows === undefined) return undefined;
      if (++ticks === lookAt && !last && !gil.gone) {
        lookAt *= 2;
        const found = rows;
        gil.with(() => {
          found.learn(patchAll());
        });
      }
      if (ticks % lookAtGlobals === 0 && !last && !gil.gone && core.audit.look() > 0)
        gil.with(() => core.audit.follow());
      return rows.fresh(last);
    },
    stop() {
      stopped = true;
      if (rows === undefined || gil.gone) return;
      gil.with(() => {
        collector.holders();
        while (core.audit.cycles()) collector.cycles();
        core.audit.settle();
      });
    },
    end() {
      if (rows !== undefined && !gil.gone) gil.with(() => collector.unpatch());
    },
  };
}

/** `a.b.c` is the file …/a/b/c.so, with whatever the build puts between; or the name of the file, or its path. */
function isCalled({ name, path }: Module, wanted: string): boolean {
  if (wanted === path || wanted === name) return true;
  if (wanted.includes("/")) return false;
  const inPackage = `/${wanted.replaceAll(".", "/")}`;
  const at = path.lastIndexOf(inPackage);
  return at >= 0 && /^(\.[^/]*)?\.so(\.[^/]*)?$/.test(path.slice(at + inPackage.length));
}

/** Under the GIL. Answers the slots that go through the core, by address. */
function patchModule({ core, interpreter }: Audited, rules: ApiRules, module: Module, name: string) {
  for (const { base, size } of module.enumerateRanges("--x")) core.audit.range(base, base.add(size));
  core.audit.relro(...readOnlyPages(module));
  const slots = new Map<string, string>();
  for (const { symbol, address, readOnly } of slotsOf(module, (wanted) => rules.of(wanted) !== undefined)) {
    const own = exported(interpreter.module, symbol);
    const rule = rules.of(symbol);
    if (own === null || rule === undefined) continue;
    // What is neither the function nor the way to the dynamic linker was put there by somebody, and is called as before.
    const now = address.readPointer();
    const target = isWithin(module, now) ? own : now;
    const stub = core.audit.call(address, target, rule);
    if (stub !== undefined && core.patchSlot(address, stub, readOnly)) slots.set(address.toString(), symbol);
  }
  const methods = importedModule(interpreter, name)?.methods;
  if (methods !== undefined) core.audit.methods(methods);
  for (const [from, to] of writableData(module)) core.audit.scan(from, to);
  return slots;
}

const isWithin = ({ base, size }: Module, address: NativePointer): boolean =>
  address.compare(base) >= 0 && address.compare(base.add(size)) < 0;
