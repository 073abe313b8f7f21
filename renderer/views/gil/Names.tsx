// The threads that have a lane in, their names beside the canvas out: chosen by a press, pinned to the top by another. Next: NowWords.tsx.
import { useEffect, useRef } from "react";
import type { GilNow } from "../../../shared/gil-views.ts";
import { visible } from "../../logic/escape.ts";
import { currentAmong } from "../../logic/gil/shown.ts";
import { nameOf, spoken, type ThreadNames } from "../../logic/gil/threads.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useReadable } from "../../state/use-poll.ts";
import { readLook } from "./look.ts";
import { NowWords } from "./NowWords.tsx";
import { ThreadWords } from "./ThreadWords.tsx";

export interface Pins {
  readonly ids: readonly number[];
  readonly toggle: (id: number) => void;
}
interface Given {
  readonly tracks: Tracks;
  readonly shown: readonly number[];
  readonly names: ThreadNames;
  readonly pins: Pins;
  readonly now: GilNow | undefined;
}

export function Names({ tracks, shown, names, pins, now }: Given) {
  const current = currentAmong(useReadable(tracks.thread), shown);
  const list = useRef<HTMLUListElement>(null);
  const lane = current === undefined ? -1 : shown.indexOf(current);
  useEffect(() => keepInSight(list.current, lane), [lane]);
  const owner = now?.holder;
  return (
    <div className="track-names">
      <div className="track-corner">
        <span className="faint">Owner</span>
        {owner !== undefined && owner !== null && <ThreadWords name={nameOf(names, owner)} />}
      </div>
      <ul ref={list} aria-label="Threads">
        {shown.map((threadId) => (
          <li key={threadId}>
            <button type="button" aria-pressed={threadId === current} onClick={() => tracks.thread.set(threadId)}>
              <span className="cut">
                <ThreadWords name={nameOf(names, threadId)} />
              </span>
              <NowWords state={now?.threads.find((thread) => thread.threadId === threadId)} />
            </button>
            <Pin
              name={visible(spoken(names, threadId))}
              on={pins.ids.includes(threadId)}
              toggle={() => pins.toggle(threadId)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Pin({ name, on, toggle }: { readonly name: string; readonly on: boolean; readonly toggle: () => void }) {
  return (
    <button
      type="button"
      className="pin"
      aria-pressed={on}
      aria-label={`Pin ${name} to the top`}
      title={on ? "Pinned to the top (P)" : "Pin to the top (P)"}
      onClick={toggle}
    >
      <span aria-hidden="true">{on ? "★" : "☆"}</span>
    </button>
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
