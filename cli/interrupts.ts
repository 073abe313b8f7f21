// Signals in, "stop" once and "now" the second time out. Next: following.ts stops the recording.

export type Stopper = 130 | 143;

/** Handlers live until `release`; without them Node would end at the first signal. */
export class Interrupts {
  /** Resolves at the first signal, with the exit code it asks for. */
  readonly first: Promise<Stopper>;
  readonly second: Promise<Stopper>;
  readonly #onInterrupt: () => void;
  readonly #onTerminate: () => void;

  constructor() {
    const first = Promise.withResolvers<Stopper>();
    const second = Promise.withResolvers<Stopper>();
    this.first = first.promise;
    this.second = second.promise;
    let count = 0;
    const arrive = (code: Stopper) => (count++ === 0 ? first : second).resolve(code);
    this.#onInterrupt = () => arrive(130);
    this.#onTerminate = () => arrive(143);
    process.on("SIGINT", this.#onInterrupt).on("SIGTERM", this.#onTerminate).on("SIGHUP", this.#onTerminate);
  }

  release(): void {
    process.off("SIGINT", this.#onInterrupt).off("SIGTERM", this.#onTerminate).off("SIGHUP", this.#onTerminate);
  }
}
