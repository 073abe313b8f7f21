// The tracks of a recording in, its marks as flags over them, or as a line of buttons that bring one into sight, out.
import { useEffect } from "react";
import { axisTime } from "../../logic/format.ts";
import type { Span } from "../../logic/gil/span.ts";
import { type Axis, toMillisecond } from "../../logic/marks.ts";
import { Flags } from "../../parts/Flags.tsx";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useRested } from "../../state/gil/use-rested.ts";
import { useMarks } from "../../state/use-marks.ts";
import { dragOf } from "./drag.ts";

interface Given {
  readonly path: string;
  readonly tracks: Tracks;
}

/** Seconds, as marks are; the tracks count in milliseconds. */
const axisOf = ({ fromMs, toMs }: Span): Axis => ({ from: fromMs / 1000, to: toMs / 1000 });

/** The canvas draws them with everything else; what can be taken hold of follows when the tracks rest. */
export function TrackFlags({ path, tracks }: Given) {
  const { store, flags } = useMarks(path);
  useEffect(() => tracks.flags.set(flags), [tracks, flags]);
  useEffect(
    () =>
      tracks.pointed.subscribe(() => {
        const ms = tracks.pointed.get()?.ms;
        store.pointed.set(ms === undefined ? undefined : toMillisecond(ms / 1000));
      }),
    [store, tracks],
  );
  const rested = useRested(tracks.span);
  if (flags.length === 0) return null;
  return <Flags flags={flags} axis={axisOf(rested)} drag={dragOf(store)} on="tracks" />;
}

export function TrackMarks({ path, tracks }: Given) {
  const { flags } = useMarks(path);
  if (flags.length === 0) return null;
  return (
    <ul className="track-marks" aria-label="Marks">
      {flags.map((flag) => (
        <li key={flag.at}>
          <button type="button" className="small" onClick={() => tracks.show(flag.shown * 1000)}>
            <span className="pennant">{flag.label}</span> {axisTime(flag.shown)}
          </button>
        </li>
      ))}
    </ul>
  );
}
