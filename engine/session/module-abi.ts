// The modules of an audit in, what their files ask of CPython's ABI out, once each, while the target's files can be seen. Next:
// engine/recorder keeps it.
import type { AbiModule } from "../../shared/abi-document.ts";
import type { RawAudit } from "../../shared/audit-records.ts";
import type { RawModule } from "../../shared/records.ts";
import type { Pid } from "../../shared/units.ts";
import { abiFacts } from "../abi/abi-facts.ts";
import { visiblePath } from "./native-names.ts";

export class ModuleAbi {
  readonly #pid: Pid;
  readonly #python: string;
  readonly #keep: (module: AbiModule) => void;
  readonly #seen = new Set<string>();
  #modules: readonly RawModule[] = [];

  constructor(pid: Pid, python: string, keep: (module: AbiModule) => void) {
    this.#pid = pid;
    this.#python = python;
    this.#keep = keep;
  }

  learn(modules: readonly RawModule[]): void {
    this.#modules = [...this.#modules, ...modules];
  }

  look(audit: RawAudit | undefined): void {
    for (const { module, address } of audit?.functions ?? []) {
      if (this.#seen.has(module) || !this.#modules.some(({ path }) => path === module)) continue;
      this.#seen.add(module);
      const facts = abiFacts([visiblePath(this.#pid, module, address)], this.#python);
      const [found] = facts.ok ? facts.value.modules : [];
      if (found) this.#keep({ ...found, module });
    }
  }
}
