// A way to begin a recording, and how this screen's last attempt stands, out; goes where it is shown as soon as it records. Next: views/start.
import { useEffect, useState } from "react";
import type { RecordRequest } from "../../shared/rpc-contract.ts";
import type { Route } from "../logic/routes.ts";
import { useApp } from "./app-context.ts";
import type { Start } from "./starts.ts";
import { useReadable } from "./use-poll.ts";
import { go } from "./use-route.ts";

export interface Starting {
  readonly begin: (request: RecordRequest) => void;
  /** Undefined until somebody asked here. */
  readonly attempt: Start | undefined;
}

export function useStart(to: (path: string) => Route): Starting {
  const { starts, states } = useApp();
  const last = useReadable(starts.last);
  const [mine, setMine] = useState<RecordRequest | undefined>(undefined);
  const attempt = last !== undefined && last.request === mine ? last : undefined;
  const path = attempt?.kind === "recording" ? attempt.path : undefined;
  useEffect(() => {
    if (path === undefined) return;
    states.refresh();
    go(to(path));
  }, [path, states, to]);
  const begin = (request: RecordRequest) => {
    setMine(request);
    starts.begin(request);
    states.refresh();
  };
  return { begin, attempt };
}
