// Tracks in, their legend and every move that the keys make, as buttons, out.
import { duration } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { lengthOf, sameSpan } from "../../logic/gil/span.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useRested } from "../../state/gil/use-rested.ts";
import { useCommands } from "../../state/use-commands.ts";
import { useReadable } from "../../state/use-poll.ts";

interface Given {
  readonly tracks: Tracks;
  readonly find: () => void;
  readonly pin: () => void;
}

export function Tools({ tracks, find, pin }: Given) {
  return (
    <div className="track-tools">
      <div className="legend">
        <span>
          <i className="hold" />
          holds
        </span>
        <span>
          <i className="wait" />
          waits
        </span>
        <span>
          <i className="released" />
          released: native code or sleep, which of them is not recorded
        </span>
        <span>
          <i className="no-data" />
          no data
        </span>
      </div>
      <span className="grow" />
      <Seen tracks={tracks} />
      <Moves tracks={tracks} find={find} pin={pin} />
    </div>
  );
}

function Seen({ tracks }: { readonly tracks: Tracks }) {
  const span = useRested(tracks.span);
  // Not subscribed to: who sees all of a recording that goes on sees a new span with each new whole.
  const whole = tracks.whole.get();
  if (sameSpan(tracks.span.get(), whole)) return <span className="faint">all {duration(lengthOf(whole) / 1000)}</span>;
  return (
    <span className="faint">
      {preciseTime(span.fromMs, lengthOf(span) / 100)} + {duration(lengthOf(span) / 1000)} of{" "}
      {duration(lengthOf(whole) / 1000)}
    </span>
  );
}

function Moves({ tracks, find, pin }: Given) {
  const live = useReadable(tracks.live);
  const follows = useReadable(tracks.follows);
  useCommands({
    "tracks.closer": () => tracks.zoom(0.5),
    "tracks.further": () => tracks.zoom(2),
    "tracks.earlier": () => tracks.pan(-0.5),
    "tracks.later": () => tracks.pan(0.5),
    "tracks.focus": () => tracks.focus(),
    "tracks.all": () => tracks.fit(),
    "tracks.range": () => tracks.choose({ kind: "span", span: tracks.span.get() }),
    "tracks.find": find,
    "tracks.pin": pin,
    "tracks.drop": () => tracks.choose(undefined),
    "tracks.follow": live && !follows ? () => tracks.follow() : undefined,
  });
  return (
    <fieldset className="tabs" aria-label="What is seen">
      <button type="button" aria-label="Earlier" title="Earlier (A)" onClick={() => tracks.pan(-0.5)}>
        ◂
      </button>
      <button type="button" aria-label="Later" title="Later (D)" onClick={() => tracks.pan(0.5)}>
        ▸
      </button>
      <button type="button" aria-label="Look closer" title="Look closer (W)" onClick={() => tracks.zoom(0.5)}>
        +
      </button>
      <button
        type="button"
        aria-label="Look from further away"
        title="From further away (S)"
        onClick={() => tracks.zoom(2)}
      >
        −
      </button>
      <button type="button" title="Show all (0)" onClick={() => tracks.fit()}>
        All
      </button>
      {live && !follows && (
        <button type="button" onClick={() => tracks.follow()}>
          Follow
        </button>
      )}
    </fieldset>
  );
}
