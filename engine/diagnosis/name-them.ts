// Candidates in; watches of their objects, samples of their sites and audits of the modules that may have done it, as long as there is time
// and somebody is not named, out. Used by run.ts.
import { basename } from "node:path";
import { mostWatched } from "../../shared/agent-protocol.ts";
import type { RecordRequest } from "../../shared/rpc-contract.ts";
import { auditIt } from "./audit-it.ts";
import type { Candidate, Signs } from "./candidate.ts";
import type { Means, Runner } from "./means.ts";
import { type Found, isNamed } from "./naming.ts";

/** Of so many, the first, functions are looked for. */
const mostNamed = 4;
const mostSamples = 2;
/** Attaching takes its time. */
const leastLeft = 1.5;
/** So many changes of each say enough. */
const enoughChanges = 300;
const sampledObjects = 12;

/** The cheapest first: four objects at once, then modules that are known to have to do with it, then what touches new ones, then all others. */
export async function nameThem(runner: Runner, means: Means, signs: Signs, loaded: readonly string[]): Promise<Found> {
  const search = new Search(runner, means, signs);
  await search.watch();
  if (runner.request.module !== undefined && !runner.stopped) await search.audit(runner.request.module);
  for (const module of search.likely()) await search.auditIfOpen(module);
  await search.sample();
  for (const module of search.touched(loaded)) await search.auditIfOpen(module);
  for (const module of loaded) await search.auditIfOpen(module);
  return search.found;
}

class Search {
  readonly found: { -readonly [K in keyof Found]: Found[K][number][] } = { audits: [], histories: [], samples: [] };
  readonly #runner: Runner;
  readonly #means: Means;
  readonly #chosen: readonly Candidate[];
  readonly #audited = new Set<string>();

  constructor(runner: Runner, means: Means, { candidates }: Signs) {
    this.#runner = runner;
    this.#means = means;
    const heads = candidates.filter(({ partOf, kind }) => partOf === undefined && kind !== "held");
    this.#chosen = heads.slice(0, mostNamed);
  }

  likely(): readonly string[] {
    return [...new Set(this.#chosen.flatMap(({ modules }) => modules))];
  }
  /** Modules that changed the counts of what was watched. */
  touched(loaded: readonly string[]): readonly string[] {
    const nets = this.found.histories.flatMap(({ net }) => net);
    const sums = this.found.samples.flatMap(({ sums: of }) => of);
    return [...new Set([...nets, ...sums].map(({ module }) => module))].filter((path) => loaded.includes(path));
  }

  async watch(): Promise<void> {
    const objects = [...new Set(this.#chosen.flatMap(({ objects: of }) => of))].slice(0, mostWatched);
    if (objects.length === 0) return;
    const what = objects.length === 1 ? "an object" : `${objects.length} objects`;
    const enough = enoughChanges * objects.length;
    const path = await this.#follow({ watch: objects }, `watched the reference count of ${what}`, enough);
    const told = path === undefined ? undefined : this.#means.evidence.histories(path);
    if (told?.ok) this.found.histories.push(...told.value);
  }

  async sample(): Promise<void> {
    const sites = [...new Set(this.#open().flatMap(({ sample }) => sample ?? []))].slice(0, mostSamples);
    for (const site of sites) {
      const did = `followed new objects: ${site.split("/").at(-1)}`;
      const request = { sample: { site, objects: sampledObjects } };
      const path = await this.#follow(request, did, enoughChanges);
      const told = path === undefined ? undefined : this.#means.evidence.sample(path);
      if (told?.ok && told.value) this.found.samples.push(told.value);
    }
  }

  async auditIfOpen(module: string): Promise<void> {
    if (this.#isOver() || this.#open().length === 0) return;
    await this.audit(module);
  }
  async audit(module: string): Promise<void> {
    if (this.#audited.has(module)) return;
    this.#audited.add(module);
    const enough = (audit: Found["audits"][number]) => {
      const now = { ...this.found, audits: [...this.found.audits, audit] };
      const open = this.#open();
      return open.length > 0 && open.every((candidate) => isNamed(candidate, now));
    };
    const audit = await auditIt(this.#runner, this.#means, module, enough);
    if (audit) this.found.audits.push(audit);
  }

  #open(): readonly Candidate[] {
    return this.#chosen.filter((candidate) => !isNamed(candidate, this.found));
  }
  #isOver(): boolean {
    return this.#runner.stopped || this.#runner.left < leastLeft;
  }

  async #follow(what: Partial<RecordRequest>, did: string, enough: number): Promise<string | undefined> {
    if (this.#isOver()) return undefined;
    const { request, plan } = this.#runner;
    const seconds = Math.min(plan.watchSeconds, this.#runner.left);
    const ended = await this.#runner.session({ pid: request.pid, ...what }, seconds, did, async ({ produced }) => {
      return (produced["changes"] ?? 0) >= enough;
    });
    if (ended.ok) return ended.value.path;
    this.#runner.lacks(`Not possible here, ${basename(did)}: ${ended.failure.cause}.`);
    return undefined;
  }
}
