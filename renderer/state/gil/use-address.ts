// Tracks and the address in, each kept at what the other says, out: what is seen, chosen and stepped through stands in the address once it
// rests; Back, or a link, leads to what it says. Used by use-tracks.ts.
import { useEffect, useRef } from "react";
import type { Bridge } from "../../bridge.ts";
import { type Span, sameSpan } from "../../logic/gil/span.ts";
import { type ChosenRef, type GilRoute, refOf, rounded } from "../../logic/gil-route.ts";
import { parseRoute } from "../../logic/routes.ts";
import { useApp } from "../app-context.ts";
import { useReadable } from "../use-poll.ts";
import { refine } from "../use-route.ts";
import { findHold } from "./find-hold.ts";
import type { Tracks } from "./tracks.ts";
import { useRested } from "./use-rested.ts";

type Place = Pick<GilRoute, "span" | "thread" | "chosen">;

export function useAddress(route: GilRoute, path: string, tracks: Tracks): void {
  const { bridge } = useApp();
  // The tracks were made with the span alone.
  const written = useRef<Place>({ span: route.span, thread: undefined, chosen: undefined });
  const isFirst = useRef(true);
  useEffect(() => {
    const before = written.current;
    const how = isFirst.current ? "where it is" : "in sight";
    isFirst.current = false;
    written.current = placeOf(route);
    if (!isSame(route.span, before.span)) show(tracks, route.span);
    if (route.thread !== before.thread) tracks.thread.set(route.thread);
    if (!isSame(route.chosen, before.chosen)) void choose(bridge, path, tracks, route.chosen, how);
  }, [route, path, tracks, bridge]);
  const rested = useRested(tracks.span);
  const restedChoice = useRested(tracks.chosen);
  const thread = useReadable(tracks.thread);
  const sought = useReadable(tracks.sought);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what rested is read from the tracks, together
  useEffect(() => {
    // Until the recording's length is known nothing is seen yet; what has moved on since will rest again.
    if (!tracks.tiles.overview.get() || !sameSpan(rested, tracks.span.get())) return;
    const now: Place = { span: seenOf(tracks), thread: tracks.thread.get(), chosen: chosenOf(tracks) };
    // Somebody may be on the way to elsewhere: the address says so before this screen is gone.
    if (isSame(now, placeOf(route)) || parseRoute(location.hash).screen !== "gil") return;
    written.current = now;
    refine({ ...route, ...now });
  }, [rested, restedChoice, thread, sought, tracks, route]);
}

const placeOf = ({ span, thread, chosen }: GilRoute): Place => ({ span, thread, chosen });
const isSame = (a: Place | Span | ChosenRef | undefined, b: typeof a) => JSON.stringify(a) === JSON.stringify(b);

function show(tracks: Tracks, span: Span | undefined): void {
  if (span) tracks.see(span);
  else tracks.fit();
}

type How = "where it is" | "in sight";

/** A hold has to be asked for; who chooses something else meanwhile is not disturbed. */
async function choose(bridge: Bridge, path: string, tracks: Tracks, chosen: ChosenRef | undefined, how: How) {
  if (chosen?.kind !== "hold") {
    tracks.choose(chosen);
    return;
  }
  tracks.sought.set(chosen.ref);
  const hold = await findHold(bridge, path, chosen.ref);
  if (tracks.sought.get() !== chosen.ref) return;
  if (hold && how === "in sight") tracks.goTo(hold, "seen");
  else tracks.choose(hold && { kind: "hold", hold });
}

/** All of it need not be said. */
function seenOf(tracks: Tracks): Span | undefined {
  const span = tracks.span.get();
  return sameSpan(span, tracks.whole.get()) || tracks.follows.get() ? undefined : rounded(span);
}

function chosenOf(tracks: Tracks): ChosenRef | undefined {
  const [sought, chosen] = [tracks.sought.get(), tracks.chosen.get()];
  if (sought) return { kind: "hold", ref: sought };
  if (chosen?.kind === "span") {
    const span = rounded(chosen.span);
    return span.toMs > span.fromMs ? { kind: "span", span } : undefined;
  }
  return chosen && refOf(chosen.hold);
}
