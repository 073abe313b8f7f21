// A recording in; what it tells besides objects, its errors over time and the waits for the GIL, out. Next: Cards.tsx, Figures.tsx.
import { useMemo } from "react";
import type { ErrorRates, GilContention } from "../../../shared/gil-views.ts";
import { known } from "../../logic/loadable.ts";
import type { RecordingView } from "../../logic/recording.ts";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

export interface Others {
  /** Null where it was not collected; undefined while that is not known. */
  readonly rates: ErrorRates | null | undefined;
  readonly contention: GilContention | null | undefined;
}

const buckets = 240;
const everyMs = 4000;

export function useOthers({ path, collected }: RecordingView, live: boolean): Others {
  const { bridge } = useApp();
  const polls = useMemo(
    () => ({
      rates: createPoll(bridge, "errors.series", { path, buckets }),
      contention: createPoll(bridge, "gil.contention", { path, buckets }),
    }),
    [bridge, path],
  );
  // What is not collected is asked for once.
  const paceOf = (kind: string) => (live && collected?.includes(kind) ? everyMs : undefined);
  const rates = known(usePoll(polls.rates, paceOf("errors")));
  const contention = known(usePoll(polls.contention, paceOf("gil")));
  return useMemo(() => ({ rates, contention }), [rates, contention]);
}
