// What the pointer is over in, a small sheet beside it out: thread, state, how long, and for a wait whom for.
import { duration, fraction } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { lengthOf } from "../../logic/gil/span.ts";
import { sumsOver } from "../../logic/gil/strip.ts";
import { nameOf, type ThreadNames } from "../../logic/gil/threads.ts";
import { levelFor, tilesOver } from "../../logic/gil/tiles.ts";
import type { Pointed, Tracks } from "../../state/gil/tracks.ts";
import { useReadable } from "../../state/use-poll.ts";
import { functionOf, type Marks } from "./marks.ts";
import { ThreadWords } from "./ThreadWords.tsx";

interface Given {
  readonly tracks: Tracks;
  readonly names: ThreadNames;
  readonly marks: Marks;
}

/** At most; with them the sheet stays inside the window. */
const [sheetWidth, sheetHeight, away] = [260, 120, 14];

export function Hover({ tracks, names, marks }: Given) {
  const pointed = useReadable(tracks.pointed);
  if (!pointed) return null;
  const { at, threadId, moment } = pointed;
  const left = at.x + away + sheetWidth > innerWidth ? at.x - sheetWidth - away : at.x + away;
  const top = Math.min(at.y + away, innerHeight - sheetHeight);
  const ran = moment?.state === "holding" ? functionOf(marks.byHold.get(moment.hold.hold)) : undefined;
  return (
    <div className="tip track-tip" style={{ transform: `translate(${left}px, ${top}px)` }} aria-hidden="true">
      <ThreadWords name={nameOf(names, threadId)} />
      {moment ? <MomentWords pointed={pointed} names={names} /> : <MeanWords pointed={pointed} tracks={tracks} />}
      {ran && (
        <div>
          <span className="quiet">in</span> <code>{ran}</code>
        </div>
      )}
      <div className="faint">{preciseTime(pointed.ms, lengthOf(tracks.span.get()) / 1000)}</div>
    </div>
  );
}

function MomentWords({ pointed, names }: { readonly pointed: Pointed; readonly names: ThreadNames }) {
  const { moment } = pointed;
  if (!moment) return null;
  const { hold, state } = moment;
  const waitedMs = hold.acquiredMs - hold.requestMs;
  const held = `${state === "holding" ? "holds" : "then holds"} ${duration((hold.releasedMs - hold.acquiredMs) / 1000)}`;
  const end = hold.forced ? ", until another asked" : "";
  return (
    <>
      {hold.waited && (
        <div>
          <span className="strong">
            {state === "waiting" ? "waits" : "waited"} {duration(waitedMs / 1000)}
          </span>
          {hold.waitedFor !== null && (
            <>
              {" "}
              for <ThreadWords name={nameOf(names, hold.waitedFor)} />
            </>
          )}
        </div>
      )}
      <div className={state === "holding" ? "strong" : "quiet"}>
        {held}
        {end}
      </div>
    </>
  );
}

/** Where holds run together: how much of these pixels. */
function MeanWords({ pointed, tracks }: { readonly pointed: Pointed; readonly tracks: Tracks }) {
  const span = tracks.span.get();
  const level = levelFor(lengthOf(span) / 1000);
  const part = { fromMs: pointed.ms - 2 ** level, toMs: pointed.ms + 2 ** level };
  const [id] = tilesOver({ fromMs: pointed.ms, toMs: pointed.ms + 2 ** level / 1000 }, level);
  const strip = (id && tracks.tiles.best(id)?.strip) ?? tracks.tiles.overview.get()?.strip;
  const lane = strip?.lanes.get(pointed.threadId);
  if (!strip || !lane) return <div className="quiet">not known yet</div>;
  const { heldMs, waitedMs, holds } = sumsOver(strip, lane, part);
  if (heldMs === 0 && waitedMs === 0)
    return <div className="quiet">released: in native code or asleep, which of them is not recorded</div>;
  const length = lengthOf(part);
  return (
    <div className="quiet">
      in {duration(length / 1000)}: holds {fraction(heldMs / length)}, waits {fraction(waitedMs / length)}
      {holds >= 1 && `, ≈ ${Math.round(holds)} holds`}
    </div>
  );
}
