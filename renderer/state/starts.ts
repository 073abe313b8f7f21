// "Record this process" in, how each attempt stands out; an attempt outlives the screen that began it. Next: views/attaching.
import type { RecordRequest } from "../../shared/rpc-contract.ts";
import type { Bridge } from "../bridge.ts";
import type { Problem } from "../logic/loadable.ts";
import { createCell, type Readable } from "./cell.ts";

export type Start = { readonly pid: number; readonly request: RecordRequest } & (
  | { readonly kind: "asked" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "recording"; readonly path: string }
);

export interface Starts {
  /** The last attempt. */
  readonly last: Readable<Start | undefined>;
  begin(request: RecordRequest): void;
}

export function createStarts(bridge: Bridge): Starts {
  const last = createCell<Start | undefined>(undefined);
  return {
    last,
    begin(request) {
      const { pid } = request;
      const asked = { kind: "asked", pid, request } as const;
      last.set(asked);
      void bridge.call("recording.start", request).then((answer) => {
        if (last.get() !== asked) return;
        last.set(
          answer.ok
            ? { kind: "recording", pid, request, path: answer.value.path }
            : { kind: "failed", pid, request, problem: answer.problem },
        );
      });
    },
  };
}
