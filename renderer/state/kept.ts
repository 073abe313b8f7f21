// A name in, what this browser keeps under it out; without a store that can be written, it lasts as long as the page. Next: settings.ts, recent.ts.
import { type Cell, createCell } from "./cell.ts";

/** `read` parses: what is kept may be anybody's. Other pages of the same address see a change at once. */
export function keptCell<T>(name: string, read: (text: string | null) => T): Cell<T> {
  const cell = createCell(read(textOf(name)));
  addEventListener("storage", (event) => {
    if (event.key === name || event.key === null) cell.set(read(textOf(name)));
  });
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    set(value) {
      cell.set(value);
      write(name, JSON.stringify(value));
    },
  };
}

function textOf(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Full, or forbidden by the browser: the page works without.
  }
}
