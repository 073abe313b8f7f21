// A recording and its address in, its tracks out: fed with how long it is. Next: views/gil/Gil.tsx.
import { useEffect, useMemo, useState } from "react";
import type { GilNow } from "../../../shared/gil-views.ts";
import type { GilRoute } from "../../logic/gil-route.ts";
import { known } from "../../logic/loadable.ts";
import { useApp } from "../app-context.ts";
import { createPoll } from "../poll.ts";
import { usePoll } from "../use-poll.ts";
import { Tracks } from "./tracks.ts";
import { useAddress } from "./use-address.ts";

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
  useAddress(route, path, tracks);
  return { tracks, now: live ? now : undefined };
}
