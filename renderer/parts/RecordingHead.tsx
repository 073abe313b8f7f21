// A recording in, what stands under the heading of every screen about it out: its end and its losses.
import { counted, duration } from "../logic/format.ts";
import type { RecordingView } from "../logic/recording.ts";
import { Note, sentence } from "./States.tsx";

export function Ended({ view }: { readonly view: RecordingView }) {
  if (view.ended)
    return (
      <Note meaning="leak" title="The recording ended early" text={`${sentence(view.ended.cause)} ${view.ended.fix}`} />
    );
  if (view.status !== "recovered") return null;
  return (
    <Note
      title="Recovered"
      text="Its recorder ended before it could finish the file. Everything up to the last batch is here; what came after is not."
    />
  );
}

/** What the numbers below rest on. */
export function Ground({ view }: { readonly view: RecordingView }) {
  return (
    <p className="quiet">
      {duration(view.seconds)} recorded, {counted(view.produced, "event", "events")},{" "}
      {view.dropped === 0 ? "nothing was dropped" : `${counted(view.dropped, "event was", "events were")} dropped`}.
      What lived before attaching has no allocation site and is not counted.
    </p>
  );
}
