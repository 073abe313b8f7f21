// The words of an address in, what is shown of a snapshot or of an object in one out, and back. Used by routes.ts.
import { heapSets } from "../../shared/heap-views.ts";

export type HeapSet = (typeof heapSets)[number];
const heapTables = ["types", "objects", "tree", "compare"] as const;
export type HeapTable = (typeof heapTables)[number];

export interface SnapshotRoute {
  readonly screen: "snapshot";
  readonly path: string | undefined;
  /** Its number in the recording; without it the newest. */
  readonly id: number | undefined;
  readonly table: HeapTable;
  /** Of the objects: only those of this type. */
  readonly type: string | undefined;
  readonly set: HeapSet;
  /** The earlier snapshot that it is compared with. */
  readonly against: number | undefined;
  readonly filter: string;
  /** Of the objects: whose holders are shown below. */
  readonly object: string | undefined;
}
export interface WhyRoute {
  readonly screen: "why";
  readonly path: string | undefined;
  readonly id: number | undefined;
  /** An address, or `type:NAME`; empty before anything was asked. */
  readonly object: string;
}

export const snapshot = (path?: string): SnapshotRoute => ({
  screen: "snapshot",
  path,
  id: undefined,
  table: "types",
  type: undefined,
  set: "all",
  against: undefined,
  filter: "",
  object: undefined,
});
export const why = (path?: string, object = "", id?: number): WhyRoute => ({ screen: "why", path, id, object });

type Words = Readonly<Record<string, string | number | undefined>>;

export function snapshotFrom(given: URLSearchParams): SnapshotRoute {
  return {
    screen: "snapshot",
    path: given.get("path") ?? undefined,
    id: number(given.get("id")),
    table: heapTables.find((table) => table === given.get("table")) ?? "types",
    type: given.get("type") ?? undefined,
    set: heapSets.find((set) => set === given.get("set")) ?? "all",
    against: number(given.get("against")),
    filter: given.get("filter") ?? "",
    object: given.get("object") ?? undefined,
  };
}

export const snapshotWords = ({ path, id, table, type, set, against, filter, object }: SnapshotRoute): Words => ({
  path,
  id,
  table: table === "types" ? undefined : table,
  type,
  set: set === "all" ? undefined : set,
  against,
  filter,
  object,
});

export const whyFrom = (given: URLSearchParams): WhyRoute =>
  why(given.get("path") ?? undefined, given.get("object") ?? "", number(given.get("id")));

export const whyWords = ({ path, id, object }: WhyRoute): Words => ({ path, id, object });

const number = (text: string | null): number | undefined =>
  text !== null && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
