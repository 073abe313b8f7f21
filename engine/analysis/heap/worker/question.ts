// What goes to the worker thread. Next: heap-desk.ts asks, serve.ts answers.
import type { HeapCallName, HeapCallParams } from "../../../../shared/heap-views.ts";

export type Question = {
  readonly [N in HeapCallName]: { readonly name: N; readonly params: HeapCallParams<N> };
}[HeapCallName];
