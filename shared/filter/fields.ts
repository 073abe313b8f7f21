// Rows that are filtered at more than one door in, their fields out. Next: cli/filtered.ts, renderer/views.
import type { RaisedRow, SiteRow, TypeRow } from "../documents.ts";
import type { GilThread } from "../gil-document.ts";
import type { IntervalRow } from "../marks.ts";
import type { SeenProcess } from "../process-list.ts";
import type { Fields, NumberField, WordField } from "./filter.ts";

export const words = <T>(of: WordField<T>["of"]): WordField<T> => ({ kind: "words", of });
export const number = <T>(kind: NumberField<T>["kind"], of: NumberField<T>["of"]): NumberField<T> => ({ kind, of });

type Counted = Pick<TypeRow, "live" | "liveBytes" | "allocated" | "freed" | "growthPerSecond">;

const counted = {
  live: number("count", (row: Counted) => row.live),
  size: number("bytes", (row: Counted) => row.liveBytes),
  allocated: number("count", (row: Counted) => row.allocated),
  freed: number("count", (row: Counted) => row.freed),
  growth: number("count rate", (row: Counted) => row.growthPerSecond),
} as const;

export const typeFields: Fields<TypeRow> = {
  type: words((row) => [row.type]),
  module: words((row) => [moduleOf(row.type)]),
  ...counted,
};

type Placed = Pick<SiteRow, "type" | "domain" | "frames">;

/** Where something was allocated. */
export const placed = {
  type: words((row: Placed) => [row.type]),
  module: words((row: Placed) => [row.type === null ? null : moduleOf(row.type), ...filesAsModules(row)]),
  function: words((row: Placed) => row.frames.map((frame) => frame.function)),
  file: words((row: Placed) => row.frames.map((frame) => frame.file)),
  domain: words((row: Placed) => [row.domain]),
} as const;

export const siteFields: Fields<SiteRow> = {
  ...placed,
  ...counted,
  bytes: number("byte rate", (row) => row.bytesPerSecond),
};

/** What was grown by after the first interval, which is warm-up. */
export const intervalFields: Fields<IntervalRow> = {
  ...placed,
  growth: number("count", (row) => afterFirst(row.objects)),
  bytes: number("bytes", (row) => afterFirst(row.bytes)),
  steady: words((row) => [row.steady ? "yes" : "no"]),
};

const afterFirst = (values: readonly (number | null)[]): number =>
  values.slice(1).reduce<number>((sum, value) => sum + (value ?? 0), 0);

export const raisedFields: Fields<RaisedRow> = {
  type: words((row) => [row.type]),
  message: words((row) => [row.message]),
  module: words(filesAsModules),
  function: words((row) => row.frames.map((frame) => frame.function)),
  file: words((row) => row.frames.map((frame) => frame.file)),
  count: number("count", (row) => row.count),
  rate: number("count rate", (row) => row.perSecond),
  chained: number("count", (row) => row.chained),
};

export const threadFields: Fields<GilThread> = {
  thread: words((row) => [row.name, row.kernelName, String(row.threadId)]),
  holds: number("count", (row) => row.holds),
  waits: number("count", (row) => row.waits),
  forced: number("count", (row) => row.forced),
  longest: number("seconds", (row) => row.holdMaxMs / 1000),
  waited: number("seconds", (row) => row.waitMaxMs / 1000),
};

export const processFields: Fields<SeenProcess> = {
  pid: words((row) => [String(row.pid)]),
  name: words((row) => [row.name]),
  command: words((row) => [row.command]),
  python: words((row) => [row.python]),
  build: words((row) => row.build),
  user: words((row) => [row.user]),
  ready: words((row) => [row.attachable ? "yes" : "no"]),
  mine: words((row) => [row.mine === null ? null : row.mine ? "yes" : "no"]),
  memory: number("bytes", (row) => row.rssBytes),
};

/** "shop.models.Cart" → "shop.models"; a builtin has none. */
export const moduleOf = (type: string): string | undefined =>
  type.includes(".") ? type.slice(0, type.lastIndexOf(".")) : undefined;

/** "/srv/shop/models.py" → "models", "shop.models" is told by `file:`. */
function filesAsModules({ frames }: Pick<SiteRow, "frames">): readonly string[] {
  return frames.map(({ file }) => (file.split(/[/\\]/).at(-1) ?? file).replace(/\.(?:py|pyx|so|pyd|abi3\.so)$/, ""));
}
