// A question about a snapshot of a recording in, its answer out. Two analysed graphs are kept: a question is rarely the last about its graph. Next: serve.ts.
import { ok, type Result } from "../../../../shared/failures.ts";
import type { HeapCallName, HeapCallParams, HeapCallResult } from "../../../../shared/heap-views.ts";
import { factsOf, type Snapshot } from "../heap-rows.ts";
import { comparisonOf, objectsOf, pageOf, treeOf } from "../objects.ts";
import { snapshotReport } from "../snapshot-report.ts";
import { typeTable } from "../type-table.ts";
import { why } from "../why.ts";

/** Where snapshots come from. */
export interface Snapshots {
  /** The same for the same recording only: another file may come to stand at its path. */
  identity(path: string): string;
  newest(path: string): Result<number>;
  load(path: string, id: number): Result<Snapshot>;
}
export type Answering = { readonly [N in HeapCallName]: (params: HeapCallParams<N>) => Result<HeapCallResult<N>> };

export function answering(snapshots: Snapshots): Answering {
  const kept = new Kept(snapshots);
  return {
    "heap.types": ({ path, id, ...page }) =>
      on(kept.get(path, id), (snapshot) => {
        const rows = typeTable(snapshot.analysis);
        const { offset, limit } = pageOf(page);
        const { bytes } = snapshot.analysis.graph;
        return ok({ ...factsOf(snapshot), bytes, rows: rows.slice(offset, offset + limit), of: rows.length });
      }),
    "heap.objects": ({ path, id, against, ...asked }) =>
      on(kept.get(path, id), (snapshot) => {
        if (against === undefined) return ok(objectsOf(snapshot, undefined, asked));
        return on(kept.get(path, against), (earlier) => ok(objectsOf(snapshot, earlier, asked)));
      }),
    "heap.dominators": ({ path, id, ...asked }) => on(kept.get(path, id), (snapshot) => treeOf(snapshot, asked)),
    "heap.why": ({ path, id, object }) => on(kept.get(path, id), (snapshot) => why(snapshot, path, object)),
    "heap.report": ({ path, id }) => on(kept.get(path, id), (snapshot) => ok(snapshotReport(snapshot, path))),
    "heap.compare": ({ path, a, b, ...page }) =>
      on(kept.get(path, a), (before) => on(kept.get(path, b), (after) => ok(comparisonOf(before, after, page)))),
  };
}

function on<T>(snapshot: Result<Snapshot>, act: (snapshot: Snapshot) => Result<T>): Result<T> {
  return snapshot.ok ? act(snapshot.value) : snapshot;
}

const most = 2;

/** The two that were asked for last. */
class Kept {
  readonly #snapshots: Snapshots;
  #rows: readonly { readonly file: string; readonly snapshot: Snapshot }[] = [];

  constructor(snapshots: Snapshots) {
    this.#snapshots = snapshots;
  }

  get(path: string, id: number | undefined): Result<Snapshot> {
    const wanted = id === undefined ? this.#snapshots.newest(path) : ok(id);
    if (!wanted.ok) return wanted;
    const file = this.#snapshots.identity(path);
    const known = this.#rows.find((row) => row.file === file && row.snapshot.id === wanted.value);
    this.#rows = this.#rows.filter((row) => row !== known).slice(0, most - 1);
    const loaded = known ? ok(known.snapshot) : this.#snapshots.load(path, wanted.value);
    if (loaded.ok) this.#rows = [{ file, snapshot: loaded.value }, ...this.#rows];
    return loaded;
  }
}
