// A value that changes and those who look at it; React reads it by useSyncExternalStore. Next: poll.ts, starts.ts.

export interface Readable<T> {
  get(): T;
  /** Answers how to stop. */
  subscribe(listener: () => void): () => void;
}
export interface Cell<T> extends Readable<T> {
  set(value: T): void;
}

export function createCell<T>(first: T): Cell<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
