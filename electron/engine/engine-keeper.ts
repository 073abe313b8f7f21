// Which engine the window speaks to: this machine's, made anew when it ended, or a remote one. Next: actions.ts asks for it.
import { ok, type Result } from "../../shared/failures.ts";
import type { EngineLink } from "./engine-link.ts";
import { noLink } from "./refusals.ts";
import { connectRemote } from "./remote-engine.ts";
import { parseRemoteLink } from "./remote-link.ts";

export class EngineKeeper {
  readonly #startLocal: () => Result<EngineLink>;
  #local: EngineLink | undefined;
  #remote: EngineLink | undefined;

  constructor(startLocal: () => Result<EngineLink>) {
    this.#startLocal = startLocal;
  }

  present(): Result<EngineLink> {
    return this.#remote ? ok(this.#remote) : this.local();
  }

  /** Files of this machine are read by its own engine; a remote one is left for it by `leaveRemote`. */
  local(): Result<EngineLink> {
    if (this.#local?.alive()) return ok(this.#local);
    const started = this.#startLocal();
    this.#local = started.ok ? started.value : undefined;
    return started;
  }

  /** False when it was used already. */
  async leaveRemote(): Promise<boolean> {
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
    await this.leaveRemote();
    this.#remote = remote.value;
    return ok(link.origin);
  }

  async close(): Promise<void> {
    await this.#remote?.close();
    await this.#local?.close();
  }
}
