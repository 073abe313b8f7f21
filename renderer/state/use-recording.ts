// The path of a recording, or none for the present one, in; the one view of it that all screens share out. Next: views.
import { useMemo } from "react";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { known, type Loadable, loading } from "../logic/loadable.ts";
import { fromFile, fromState, isLive, present, type RecordingView } from "../logic/recording.ts";
import { useApp } from "./app-context.ts";
import { createPoll } from "./poll.ts";
import { usePoll, useReadable } from "./use-poll.ts";

/** The states are asked for by the frame, at its pace. */
export function usePresent(path: string | undefined): RecordingState | undefined {
  const states = known(useReadable(useApp().states)) ?? [];
  return path === undefined ? present(states) : states.find((state) => state.path === path);
}

/** The path of the recording to show where none is named. One that is only being begun has no file yet, and may be refused. */
export function useShown(path: string | undefined): string | undefined {
  const states = known(useReadable(useApp().states)) ?? [];
  return path ?? present(states.filter(({ target }) => target !== null))?.path;
}

export interface Seen {
  /** Live counts come from the state, of a frozen display from that of then. */
  readonly view: Loadable<RecordingView>;
  readonly live: boolean;
}

export function useRecording(path: string): Seen {
  const { bridge, states, frozen } = useApp();
  const still = useReadable(frozen);
  const now = usePresent(path);
  const state = still?.path === path ? still : now;
  const knowsStates = useReadable(states).kind !== "loading";
  const facts = useMemo(() => createPoll(bridge, "recording.facts", { path }), [bridge, path]);
  const live = state !== undefined && isLive(state);
  // The pace changes when the recording ends: one more look at the file.
  const asked = usePoll(facts, live ? 10_000 : undefined);
  const collected = known(asked)?.recording.collected;
  if (state) return { view: { kind: "ready", value: { ...fromState(state), collected } }, live };
  if (!knowsStates || asked.kind === "loading") return { view: loading, live };
  if (asked.kind === "error") return { view: asked, live };
  return { view: { ...asked, value: fromFile(path, asked.value) }, live };
}
