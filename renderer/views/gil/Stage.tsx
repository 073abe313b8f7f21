// Tracks in, names at the left and the canvas at the right out. What the canvas shows is told in words by InView.tsx and Said.tsx.
import { useEffect, useRef } from "react";
import type { GilNow } from "../../../shared/gil-views.ts";
import { nameOf, type ThreadNames } from "../../logic/gil/threads.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useReadable } from "../../state/use-poll.ts";
import { TrackFlags } from "../marks/TrackFlags.tsx";
import { Hover } from "./Hover.tsx";
import { readLook } from "./look.ts";
import type { Marks } from "./marks.ts";
import { NowWords } from "./NowWords.tsx";
import { ThreadWords } from "./ThreadWords.tsx";
import { usePointer } from "./use-pointer.ts";
import { useStage } from "./use-stage.ts";

export interface StageGiven {
  readonly tracks: Tracks;
  readonly threads: readonly number[];
  readonly names: ThreadNames;
  readonly marks: Marks;
  readonly now: GilNow | undefined;
  readonly path: string;
}

export const described = "tracks-described";

export function Stage({ tracks, threads, names, marks, now, path }: StageGiven) {
  const scroll = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const { point, handlers } = usePointer({ tracks, threads, stage, scroll });
  useStage({ tracks, threads, marks, scroll, base, over }, point);
  return (
    <div ref={scroll} className="track-scroll">
      <div className="track-grid">
        <Names tracks={tracks} threads={threads} names={names} now={now} />
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

type NamesGiven = Omit<StageGiven, "marks" | "path">;

function Names({ tracks, threads, names, now }: NamesGiven) {
  const current = useReadable(tracks.lane);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => keepInSight(list.current, current), [current]);
  const owner = now?.holder;
  return (
    <div className="track-names">
      <div className="track-corner">
        <span className="faint">Owner</span>
        {owner !== undefined && owner !== null && <ThreadWords name={nameOf(names, owner)} />}
      </div>
      <ul ref={list} aria-label="Threads">
        {threads.map((threadId, at) => (
          <li key={threadId}>
            <button type="button" aria-pressed={at === current} onClick={() => tracks.lane.set(at)}>
              <span className="cut">
                <ThreadWords name={nameOf(names, threadId)} />
              </span>
              <NowWords state={now?.threads.find((thread) => thread.threadId === threadId)} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Below the head, which lies on top of what scrolls. */
function keepInSight(list: HTMLElement | null, lane: number): void {
  const [row, scroll] = [list?.children[lane], list?.closest(".track-scroll")];
  if (!(row instanceof HTMLElement) || !scroll) return;
  const look = readLook(row);
  const top = lane * look.lane;
  const room = scroll.clientHeight - look.axis - look.owner;
  if (top < scroll.scrollTop) scroll.scrollTop = top;
  else if (top + look.lane > scroll.scrollTop + room) scroll.scrollTop = top + look.lane - room;
}
