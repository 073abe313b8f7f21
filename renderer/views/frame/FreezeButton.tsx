// A recording that goes on in, the button that holds the display still and lets it go on out; the recording does go on. Used by Doings.tsx, App.tsx.
import { useEffect } from "react";
import type { RecordingState } from "../../../shared/rpc-contract.ts";
import { clock } from "../../logic/format.ts";
import { isLive } from "../../logic/recording.ts";
import { showsRecording } from "../../logic/routes.ts";
import { Note } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { useCommands } from "../../state/use-commands.ts";
import { useReadable } from "../../state/use-poll.ts";
import { useRoute } from "../../state/use-route.ts";

/** Only where something of it moves. */
export function FreezeButton({ state }: { readonly state: RecordingState | undefined }) {
  const { frozen } = useApp();
  const route = useRoute();
  const held = useReadable(frozen);
  // Another screen was not looked at then: it shows the present.
  // biome-ignore lint/correctness/useExhaustiveDependencies: named, because it is the reason
  useEffect(() => () => frozen.set(undefined), [frozen, route.screen]);
  const moves = state?.phase === "recording" && isLive(state) && showsRecording(route);
  const toggle = held ? () => frozen.set(undefined) : moves ? () => frozen.set(state) : undefined;
  useCommands({ "display.freeze": toggle });
  if (!toggle) return null;
  return (
    <button type="button" aria-pressed={held !== undefined} title="Hold the display still (Space)" onClick={toggle}>
      {held ? "Go on" : "Freeze"} <kbd>Space</kbd>
    </button>
  );
}

export function FrozenNote({ state }: { readonly state: RecordingState | undefined }) {
  const held = useReadable(useApp().frozen);
  if (!held) return null;
  const goesOn = state !== undefined && isLive(state);
  return (
    <Note
      title={`Frozen at ${clock(held.seconds)}`}
      text={goesOn ? "The recording goes on." : "The recording has ended since: go on to see how."}
    />
  );
}
