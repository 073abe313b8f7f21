// Which engine the window speaks to: this machine's, made anew when it ended, or a remote one. Next: actions.ts asks for it.
import type { DesktopAnswer } from "../../shared/desktop-contract.ts";
import { ok, type Result } from "../../shared/failures.ts";
import { wordsOf } from "../words.ts";
import type { EngineLink } from "./engine-link.ts";
import { noLink } from "./refusals.ts";
import { connectRemote } from "./remote-engine.ts";
import { parseRemoteLink } from "./remote-link.ts";
import { Restarts } from "./restarts.ts";

/** `ended` hears why its process ended. */
export type StartLocal = (ended: (why: string) => void) => Result<EngineLink>;

export class EngineKeeper {
  readonly #startLocal: StartLocal;
  readonly #restarts: Restarts;
  /** What the user opened; the next engine is told of it before a page asks. */
  readonly #opened = new Set<string>();
  #local: EngineLink | undefined;
  #remote: EngineLink | undefined;

  constructor(startLocal: StartLocal, restarts: Restarts = new Restarts()) {
    this.#startLocal = startLocal;
    this.#restarts = restarts;
  }

  /** Null: this machine's. Nothing is started for it. */
  get url(): string | null {
    return this.#remote?.url ?? null;
  }

  present(): Result<EngineLink> {
    return this.#remote ? ok(this.#remote) : this.#ofThisMachine();
  }

  /** A file of this machine is read by its own engine, also while a remote one is shown. */
  async open(path: string): Promise<DesktopAnswer<null>> {
    const engine = this.#ofThisMachine();
    if (!engine.ok) return wordsOf(engine.failure);
    const opened = await engine.value.open(path);
    if (opened.ok) this.#opened.add(path);
    return opened;
  }

  /** Asked for by hand: what ended at once before is tried again. False when this machine's was used already. */
  async comeHome(): Promise<boolean> {
    this.#restarts.forget();
    const before = this.#remote;
    this.#remote = undefined;
    await before?.close();
    return before !== undefined;
  }

  async connect(text: string): Promise<Result<string>> {
    const link = parseRemoteLink(text);
    if (!link) return noLink();
    const remote = await connectRemote(link);
    if (!remote.ok) return remote;
    await this.comeHome();
    this.#remote = remote.value;
    return ok(link.origin);
  }

  async close(): Promise<void> {
    await this.#remote?.close();
    await this.#local?.close();
  }

  #ofThisMachine(): Result<EngineLink> {
    if (this.#local?.alive()) return ok(this.#local);
    const allowed = this.#restarts.allowed();
    if (!allowed.ok) return allowed;
    const started = this.#startLocal((why) => this.#restarts.ended(why));
    this.#restarts.started();
    this.#local = started.ok ? started.value : undefined;
    if (started.ok) for (const path of this.#opened) void started.value.open(path);
    return started;
  }
}
