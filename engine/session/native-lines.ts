// Addresses in the code of an audited module in, their source lines out, some at a time and beside the recording: the file is read by
// another program, which may take seconds. Next: engine/recorder keeps them.
import type { SourceLine } from "../../shared/audit-records.ts";
import type { RawModule } from "../../shared/records.ts";
import { type Milliseconds, milliseconds, type Pid } from "../../shared/units.ts";
import { loadedBuildId } from "../elf/build-id.ts";
import { readElf } from "../elf/elf.ts";
import { sourceLines } from "../elf/source-lines.ts";
import { isCopied } from "../preflight/proc.ts";
import type { NativePlace } from "../recorder/audit-recorder.ts";
import { visiblePath } from "./native-names.ts";

export interface LineKeeper {
  sourceLine(address: bigint, chain: readonly SourceLine[]): void;
  note(sentence: string): void;
}
interface Module extends RawModule {
  /** Undefined: its lines cannot be told. */
  readonly file: { readonly path: string; readonly lowestAddress: number } | undefined;
}

const oneRun = milliseconds(20_000);
const mostAtOnce = 5000;

export class NativeLines {
  readonly #pid: Pid;
  readonly #keeper: LineKeeper;
  readonly #seen = new Set<bigint>();
  readonly #files = new Map<RawModule, Module>();
  readonly #notes = new Set<string>();
  /** In no module that is known: it may be named with the next batch. */
  readonly #homeless: NativePlace[] = [];
  #modules: readonly RawModule[] = [];
  #wanted: { readonly place: NativePlace; readonly module: Module }[] = [];
  #running: Promise<void> | undefined;

  constructor(pid: Pid, keeper: LineKeeper) {
    this.#pid = pid;
    this.#keeper = keeper;
  }

  learn(modules: readonly RawModule[]): void {
    if (modules.length === 0) return;
    this.#modules = [...this.#modules, ...modules];
    this.want(this.#homeless.splice(0));
  }

  /** The module is looked at now, while the target lives. */
  want(places: readonly NativePlace[]): void {
    for (const place of places) {
      const { address } = place;
      if (this.#seen.has(address)) continue;
      const raw = this.#modules.findLast(({ base, size }) => address >= base && address < base + BigInt(size));
      if (!raw) {
        if (this.#homeless.length < mostAtOnce) this.#homeless.push(place);
        continue;
      }
      this.#seen.add(address);
      const module = this.#files.get(raw) ?? this.#look(raw, address);
      this.#files.set(raw, module);
      if (module.file) this.#wanted.push({ place, module });
    }
    if (this.#wanted.length > 0) this.#running ??= this.#work();
  }

  /** Resolves when all that was wanted is told, or cannot be. */
  async settled(limit: Milliseconds): Promise<void> {
    const timer = Promise.withResolvers<void>();
    const timeout = setTimeout(timer.resolve, limit);
    await Promise.race([this.#running, timer.promise]);
    clearTimeout(timeout);
    if (this.#running) this.#note("Not all source lines could be read in time.");
  }

  async #work(): Promise<void> {
    for (let next = this.#wanted[0]; next; next = this.#wanted[0]) {
      const { module } = next;
      const batch = this.#wanted.filter((one) => one.module === module).slice(0, mostAtOnce);
      const taken = new Set(batch);
      this.#wanted = this.#wanted.filter((one) => !taken.has(one));
      await this.#ask(
        module,
        batch.map(({ place }) => place),
      );
    }
    this.#running = undefined;
  }

  async #ask({ base, file }: Module, places: readonly NativePlace[]): Promise<void> {
    if (!file) return;
    // The call is before its return address, which may be the next line, or another function.
    const inFile = ({ address, returns }: NativePlace) =>
      Number(address - base) + file.lowestAddress - (returns ? 1 : 0);
    const answer = await sourceLines(file.path, places.map(inFile), oneRun);
    if (!answer)
      return this.#note("Source lines are not told: neither addr2line nor llvm-symbolizer is installed here.");
    if (!answer.complete) this.#note(`Not all source lines of ${file.path} could be read.`);
    for (const place of places) {
      const chain = answer.lines.get(inFile(place));
      if (chain) this.#keeper.sourceLine(place.address, chain);
    }
  }

  /** A file that was replaced since it was loaded has other lines. */
  #look(raw: RawModule, address: bigint): Module {
    const path = visiblePath(this.#pid, raw.path, address);
    const elf = readElf(path);
    if (!elf.ok) return { ...raw, file: undefined };
    const { lowestAddress } = elf.value;
    const [onDisk, loaded] = [elf.value.buildId(), loadedBuildId(this.#pid, raw.base)];
    elf.value.close();
    // What was copied from another machine was taken from the mapping itself.
    if (onDisk === loaded || isCopied(this.#pid)) return { ...raw, file: { path, lowestAddress } };
    this.#note(`Source lines of ${raw.path} are not told: the file there is not the one that is loaded.`);
    return { ...raw, file: undefined };
  }

  #note(sentence: string): void {
    if (!this.#notes.has(sentence)) this.#keeper.note(sentence);
    this.#notes.add(sentence);
  }
}
