// What the line tables of every CPython become. Made by line-table-*.ts, used by lines.ts.

/** Instructions from `start` up to the next range are of `line`; undefined where CPython knows none. Ranges ascend. */
export interface LineRange {
  readonly start: number;
  readonly line: number | undefined;
}
