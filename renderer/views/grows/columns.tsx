// A site or a type in, its cells and the numbers it is sorted by out. Next: Tables.tsx.
import type { SiteRow, TypeRow } from "../../../shared/documents.ts";
import type { RpcResult } from "../../../shared/rpc-contract.ts";
import { flame } from "../../logic/evidence-route.ts";
import { grewIn, isGrowing, place, what, where } from "../../logic/finding.ts";
import { byteGrowth, growth, unknown } from "../../logic/format.ts";
import { type Route, sitesOfType } from "../../logic/routes.ts";
import { Count } from "../../parts/Count.tsx";
import type { Column } from "../../parts/DataTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Size } from "../../parts/Size.tsx";
import { Code, Said } from "../../parts/Words.tsx";

type Counted = Pick<TypeRow, "live" | "liveBytes" | "allocated" | "freed" | "growthPerSecond"> & {
  readonly bytesPerSecond?: number;
  readonly steadiness?: number | null;
};

/** What the head of a column sorts by; without one the rows stay as the engine ranks them. */
export function numberOf(row: Counted, id: string): number | undefined {
  switch (id) {
    case "live":
      return row.live;
    case "bytes":
      return row.liveBytes;
    case "allocated":
      return row.allocated;
    case "freed":
      return row.freed;
    case "bytesGrowth":
      return row.bytesPerSecond;
    case "steadiness":
      return row.steadiness ?? undefined;
    case "growth":
      return row.growthPerSecond;
    default:
      return undefined;
  }
}

interface ChangeGiven {
  readonly value: number;
  readonly text: string;
  /** Said in colour only where it is steady enough to mean something. */
  readonly meant: boolean;
}
const Change = ({ value, text, meant }: ChangeGiven) => {
  if (Math.abs(value) < 0.05)
    return (
      <span className="faint" title={text}>
        = level
      </span>
    );
  return (
    <span className={meant ? "up" : "quiet"}>
      {value > 0 ? "▲" : "▼"} {text}
    </span>
  );
};

interface CountedGiven<T> {
  /** What is live, shown as the set that it is. */
  readonly set: (row: T) => Route | undefined;
  readonly of: string;
  readonly meant: (row: T) => boolean;
}
const counted = <T extends Counted>({ set, of, meant }: CountedGiven<T>): readonly Column<T>[] => [
  {
    id: "live",
    head: "Live",
    sortable: true,
    cell: (row) => (
      <NumberLink to={set(row)} of={of}>
        <Count value={row.live} />
      </NumberLink>
    ),
  },
  {
    id: "bytes",
    head: "Live bytes",
    sortable: true,
    cell: (row) => <Size value={row.liveBytes} />,
  },
  { id: "allocated", head: "Allocated", sortable: true, cell: (row) => <Count value={row.allocated} /> },
  { id: "freed", head: "Freed", sortable: true, cell: (row) => <Count value={row.freed} /> },
  {
    id: "growth",
    head: "Growth",
    sortable: true,
    cell: (row) => <Change value={row.growthPerSecond} text={growth(row.growthPerSecond)} meant={meant(row)} />,
  },
];

/** How sure it is that it goes on. */
function GrewIn({ steadiness }: { readonly steadiness: number | null }) {
  if (steadiness === null) return <span title="The recording is too short to say">{unknown}</span>;
  return <span title="Intervals after warm-up in which it grew">{grewIn(steadiness)}</span>;
}

const grewInColumn: Column<Pick<SiteRow, "steadiness">> = {
  ...{ id: "steadiness", head: "Grew in", sortable: true },
  cell: ({ steadiness }) => <GrewIn steadiness={steadiness} />,
};

/** A type with how often it grew. */
export type GrownType = TypeRow & Pick<SiteRow, "steadiness">;

export const grownTypes = ({ rows, steadiness }: RpcResult<"recording.types">): readonly GrownType[] =>
  rows.map((row, at) => ({ ...row, steadiness: steadiness[at] ?? null }));

export const typeColumns = (path: string): readonly Column<GrownType>[] => [
  { id: "type", head: "Type", text: true, room: "wide", cell: (row) => <Code text={row.type} max={80} /> },
  ...counted<GrownType>({
    set: ({ type }) => sitesOfType(path, type),
    of: "The sites that allocated them",
    meant: (row) => row.growthPerSecond >= 1,
  }),
  grewInColumn,
];

export const siteColumns = (path: string): readonly Column<SiteRow>[] => [
  { id: "type", head: "Type", text: true, room: "cut", cell: (row) => <Said sentence={[what(row)]} /> },
  {
    id: "where",
    head: "Where",
    text: true,
    room: "wide",
    cell: (row) => (
      <span title={row.frames[0] && place(row.frames[0].file, row.frames[0].line)}>
        <Said sentence={where(row)} />
      </span>
    ),
  },
  ...counted<SiteRow>({ set: (row) => stacksOf(path, row), of: "The stacks that lead here", meant: isGrowing }),
  grewInColumn,
  {
    id: "bytesGrowth",
    head: "Bytes",
    sortable: true,
    cell: (row) => <span className="quiet">{byteGrowth(row.bytesPerSecond)}</span>,
  },
];

/** Around the line that allocated; memory that no Python frame took has none. */
export function stacksOf(path: string, { frames: [frame] }: SiteRow): Route | undefined {
  return frame && flame(path, { function: frame.function, file: frame.file });
}
