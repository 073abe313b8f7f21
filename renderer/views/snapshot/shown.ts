// What every table of the screen is given: which snapshot it shows, and which others there are. Next: the tables of this folder.
import type { HeapTaken } from "../../../shared/heap-taken.ts";
import type { SnapshotRoute } from "../../logic/heap-route.ts";

export interface Shown {
  readonly route: SnapshotRoute;
  readonly path: string;
  readonly id: number;
  /** The one to compare with; undefined where there is no other. */
  readonly against: number | undefined;
  readonly taken: readonly HeapTaken[];
}
