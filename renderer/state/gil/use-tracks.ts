// A recording and its address in, its tracks out: fed with how long it is, and the address kept at what is seen. Next: views/gil/Gil.tsx.
import { useEffect, useMemo, useRef, useState } from "react";
import type { GilNow } from "../../../shared/gil-views.ts";
import { type Span, sameSpan } from "../../logic/gil/span.ts";
import { known } from "../../logic/loadable.ts";
import type { GilRoute } from "../../logic/routes.ts";
import { useApp } from "../app-context.ts";
import { createPoll } from "../poll.ts";
import { usePoll } from "../use-poll.ts";
import { refine } from "../use-route.ts";
import { Tracks } from "./tracks.ts";
import { useRested } from "./use-rested.ts";

const everyMs = 500;

interface Used {
  readonly tracks: Tracks;
  readonly now: GilNow | undefined;
}

export function useTracks(route: GilRoute, path: string, seconds: number, live: boolean): Used {
  const { bridge } = useApp();
  const [tracks] = useState(() => new Tracks(bridge, path, route.span));
  useEffect(() => tracks.tiles.start(), [tracks]);
  const poll = useMemo(() => createPoll(bridge, "gil.now", { path }), [bridge, path]);
  const now = known(usePoll(poll, live ? everyMs : undefined)) ?? undefined;
  const ms = (live ? now?.atMs : undefined) ?? (live ? 0 : seconds * 1000);
  useEffect(() => {
    if (ms > 0) tracks.grow(ms, live);
  }, [tracks, ms, live]);
  useAddress(route, tracks);
  return { tracks, now: live ? now : undefined };
}

/** What is seen stands in the address once it rests; all of it need not be said. Back, or a link, leads to what it says. */
function useAddress(route: GilRoute, tracks: Tracks): void {
  const rested = useRested(tracks.span);
  const written = useRef(route.span);
  useEffect(() => {
    if (isSame(route.span, written.current)) return;
    written.current = route.span;
    if (route.span) tracks.see(route.span);
    else tracks.fit();
  }, [route.span, tracks]);
  useEffect(() => {
    // Until the recording's length is known nothing is seen yet; what has moved on since will rest again.
    if (!tracks.tiles.overview.get() || !sameSpan(rested, tracks.span.get())) return;
    const isAll = sameSpan(rested, tracks.whole.get()) || tracks.follows.get();
    const span = isAll ? undefined : rounded(rested);
    if (isSame(span, route.span)) return;
    written.current = span;
    refine({ ...route, span });
  }, [rested, tracks, route]);
}

const isSame = (a: Span | undefined, b: Span | undefined) => (a && b ? sameSpan(a, b) : a === b);

/** To the nanosecond; more digits only make the link longer. */
const rounded = ({ fromMs, toMs }: Span): Span => ({
  fromMs: Number(fromMs.toFixed(6)),
  toMs: Number(toMs.toFixed(6)),
});
