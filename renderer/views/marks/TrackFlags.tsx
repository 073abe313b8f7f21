// The tracks of a recording in, its marks as flags over them, over their map, or as a line of buttons that bring one into sight, out.
import { useEffect } from "react";
import { axisTime } from "../../logic/format.ts";
import type { Span } from "../../logic/gil/span.ts";
import { type Axis, toMillisecond } from "../../logic/marks.ts";
import { Flags } from "../../parts/Flags.tsx";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useMarks } from "../../state/use-marks.ts";
import { useReadable } from "../../state/use-poll.ts";
import { dragOf } from "./drag.ts";

interface Given {
  readonly path: string;
  readonly tracks: Tracks;
}

/** Seconds, as marks are; the tracks count in milliseconds. */
const axisOf = ({ fromMs, toMs }: Span): Axis => ({ from: fromMs / 1000, to: toMs / 1000 });

export function TrackFlags({ path, tracks, on }: Given & { readonly on: "tracks" | "map" }) {
  const { store, flags } = useMarks(path);
  useEffect(() => {
    if (on === "map") return;
    return tracks.pointed.subscribe(() => {
      const ms = tracks.pointed.get()?.ms;
      store.pointed.set(ms === undefined ? undefined : toMillisecond(ms / 1000));
    });
  }, [store, tracks, on]);
  const span = useReadable(on === "map" ? tracks.whole : tracks.span);
  if (flags.length === 0) return null;
  return <Flags flags={flags} axis={axisOf(span)} drag={dragOf(store)} on={on} />;
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
