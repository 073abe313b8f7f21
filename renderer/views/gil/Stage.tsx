// Tracks in, names at the left and the canvas at the right out. What the canvas shows is told in words by InView.tsx and Said.tsx.
import { useRef } from "react";
import type { GilNow } from "../../../shared/gil-views.ts";
import type { ThreadNames } from "../../logic/gil/threads.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { TrackFlags } from "../marks/TrackFlags.tsx";
import { Hover } from "./Hover.tsx";
import type { Marks } from "./marks.ts";
import { Names, type Pins } from "./Names.tsx";
import { usePointer } from "./use-pointer.ts";
import { useStage } from "./use-stage.ts";

export interface StageGiven {
  readonly tracks: Tracks;
  readonly threads: readonly number[];
  readonly shown: readonly number[];
  readonly pins: Pins;
  readonly names: ThreadNames;
  readonly marks: Marks;
  readonly now: GilNow | undefined;
  readonly path: string;
}

export const described = "tracks-described";

export function Stage({ tracks, threads, shown, pins, names, marks, now, path }: StageGiven) {
  const scroll = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const { point, handlers } = usePointer({ tracks, threads: shown, stage, scroll });
  useStage({ tracks, threads, shown, marks, scroll, base, over }, point);
  return (
    <div ref={scroll} className="track-scroll">
      <div className="track-grid">
        <Names tracks={tracks} shown={shown} names={names} pins={pins} now={now} />
        <div
          ref={stage}
          className="track-stage"
          data-tracks
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the tracks take keys of their own, as an application does
          tabIndex={0}
          aria-label="Tracks: who holds the GIL and who waits"
          aria-describedby={described}
          {...handlers}
        >
          <div aria-hidden="true">
            <canvas ref={base} />
            <canvas ref={over} />
            <TrackFlags path={path} tracks={tracks} />
          </div>
          <Hover tracks={tracks} names={names} marks={marks} />
        </div>
      </div>
    </div>
  );
}
