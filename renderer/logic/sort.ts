// Rows and the way to compare them in, sorted rows out; unknown stands last in both directions. Next: views.

export type Order = "up" | "down";
export type Cell = string | number | null | undefined;

export function sorted<T>(rows: readonly T[], cell: (row: T) => Cell, order: Order): readonly T[] {
  return rows.toSorted((a, b) => compare(cell(a), cell(b), order));
}

function compare(a: Cell, b: Cell, order: Order): number {
  const [noA, noB] = [a === null || a === undefined, b === null || b === undefined];
  if (noA || noB) return Number(noA) - Number(noB);
  const upwards = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  return order === "up" ? upwards : -upwards;
}
