// One gateway for all recordings of an engine: opened when first asked for, kept, opened again after it was lost. Next: session/recordings.ts.
import { ok, type Result } from "../../shared/failures.ts";
import type { Gateway } from "./gateway.ts";
import { openGateway } from "./open-gateway.ts";

export class GatewayKeeper {
  readonly #open: () => Promise<Result<Gateway>>;
  #opening: Promise<Result<Gateway>> | undefined;

  constructor(open: () => Promise<Result<Gateway>> = openGateway) {
    this.#open = open;
  }

  async get(): Promise<Result<Gateway>> {
    this.#opening ??= this.#opened();
    return await this.#opening;
  }

  async close(): Promise<void> {
    const opened = await this.#opening;
    if (opened?.ok) await opened.value.close();
  }

  async #opened(): Promise<Result<Gateway>> {
    const opened = await this.#open();
    if (!opened.ok) {
      this.#opening = undefined;
      return opened;
    }
    void opened.value.lost.then(() => {
      this.#opening = undefined;
    });
    return ok(opened.value);
  }
}
