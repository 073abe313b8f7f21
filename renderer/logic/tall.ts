// How many rows there are and how far they are scrolled in, which of them to draw and where out. Next: parts/use-tall.ts.
// A browser lays out at most some 17 million pixels: beyond that the way to scroll is shorter than the rows, and each of its pixels is worth more.

/** Firefox stops at 17.8 million, Chromium and Safari at 33.5. */
export const tallestPx = 15_000_000;

export interface Tall {
  readonly rows: number;
  readonly rowPx: number;
  /** What of the rows can be seen at once. */
  readonly viewPx: number;
  /** What stands under an open row. */
  readonly open?: { readonly at: number; readonly px: number } | undefined;
}

const wholePx = ({ rows, rowPx, open }: Tall): number => rows * rowPx + (open?.px ?? 0);

/** How long the way to scroll is. */
export const wayPx = (tall: Tall): number => Math.min(wholePx(tall), tallestPx);

function scale(tall: Tall): number {
  const way = wayPx(tall) - tall.viewPx;
  return way <= 0 ? 1 : (wholePx(tall) - tall.viewPx) / way;
}

export function topOf(tall: Tall, at: number): number {
  const { rowPx, open } = tall;
  return at * rowPx + (open !== undefined && at > open.at ? open.px : 0);
}

function rowAt(tall: Tall, px: number): number {
  const { rows, rowPx, open } = tall;
  const under = open === undefined ? 0 : px - (open.at + 1) * rowPx;
  if (open !== undefined && under >= 0 && under < open.px) return open.at;
  const rowsPx = under > 0 && open !== undefined ? px - open.px : px;
  return Math.max(0, Math.min(rows - 1, Math.floor(rowsPx / rowPx)));
}

export interface Drawn {
  readonly first: number;
  /** The last one too. */
  readonly last: number;
  /** Where the top of the first stands, from the top of what is seen. */
  readonly fromTopPx: number;
}

export function drawnAt(tall: Tall, scrolledPx: number): Drawn {
  const topPx = Math.max(0, scrolledPx) * scale(tall);
  const first = rowAt(tall, topPx);
  return { first, last: rowAt(tall, topPx + tall.viewPx), fromTopPx: topOf(tall, first) - topPx };
}

/** How far to scroll so that the row is seen whole: not at all where it is. */
export function scrollFor(tall: Tall, at: number, scrolledPx: number): number {
  const ratio = scale(tall);
  const seen = scrolledPx * ratio;
  const top = topOf(tall, at);
  if (top < seen) return Math.floor(top / ratio);
  const bottom = top + tall.rowPx;
  return bottom > seen + tall.viewPx ? Math.ceil((bottom - tall.viewPx) / ratio) : scrolledPx;
}
