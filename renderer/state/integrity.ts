// Recordings that somebody looks at in, whether each is what was sealed out: one at a time, small ones unasked. Next: views/recordings/Integrity.tsx.
import type { SessionRow } from "../../shared/documents.ts";
import type { Verification } from "../../shared/evidence-documents.ts";
import type { Bridge } from "../bridge.ts";
import type { Problem } from "../logic/loadable.ts";
import { createCell, type Readable } from "./cell.ts";

export type Checked =
  | { readonly kind: "unasked" }
  | { readonly kind: "asked" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "known"; readonly verification: Verification };

type Row = Pick<SessionRow, "path" | "bytes" | "status">;

export interface Integrity {
  of(row: Row): Readable<Checked>;
  /** Answers how to want it no longer; what has begun goes on. */
  want(row: Row): () => void;
}

/** Every byte is read: a larger one is checked when somebody asks. */
export const unaskedBytes = 64 * 2 ** 20;

export function createIntegrity(bridge: Bridge): Integrity {
  const cells = new Map<string, ReturnType<typeof createCell<Checked>>>();
  const waiting = new Map<string, Row>();
  let busy = false;
  const cellOf = (row: Row) => {
    // A file that was written to is another file.
    const key = `${row.path} ${row.bytes} ${row.status}`;
    const cell = cells.get(key) ?? createCell<Checked>({ kind: "unasked" });
    cells.set(key, cell);
    return { key, cell };
  };
  const next = async (): Promise<void> => {
    const [first] = waiting;
    if (busy || !first) return;
    busy = true;
    const [key, row] = first;
    waiting.delete(key);
    const { cell } = cellOf(row);
    cell.set({ kind: "asked" });
    const answer = await bridge.call("recording.verify", { path: row.path });
    const lost = !answer.ok && answer.problem.code === "engine-lost";
    if (lost) cell.set({ kind: "unasked" });
    else
      cell.set(answer.ok ? { kind: "known", verification: answer.value } : { kind: "failed", problem: answer.problem });
    busy = false;
    if (!lost) void next();
  };
  return {
    of: (row) => cellOf(row).cell,
    want(row) {
      const { key, cell } = cellOf(row);
      if (cell.get().kind !== "unasked") return () => {};
      waiting.set(key, row);
      void next();
      return () => waiting.delete(key);
    },
  };
}
