// Changes of a count, with who gave back what, in; the rows of a ledger out: what was taken and given back again stands together. Next: views/object.
import type { Change } from "./history.ts";

export interface LedgerRow {
  readonly key: string;
  /** Of pairs the last one that was taken. */
  readonly change: Change;
  /** So many references that were taken and given back; 0 is a change by itself. */
  readonly pairs: number;
}

export const alone = (change: Change): LedgerRow => ({ key: change.key, change, pairs: 0 });

/** Pairs of one place that follow one another become one row: what a loop lends a thousand times says nothing. */
export function folded(changes: readonly Change[]): readonly LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (const change of changes) {
    if (change.pair === "gives") continue;
    const last = rows.at(-1);
    if (change.pair === undefined) rows.push(alone(change));
    else if (last && last.pairs > 0 && placeOf(last.change) === placeOf(change))
      rows[rows.length - 1] = { ...last, change, pairs: last.pairs + 1 };
    else rows.push({ key: `pairs ${change.key}`, change, pairs: 1 });
  }
  return rows;
}

const placeOf = ({ blamed, event: { python } }: Change): string =>
  JSON.stringify([blamed?.module, blamed?.function, blamed?.line, python?.file, python?.function]);
