// A recording without the GIL in, why there is nothing to see and what to do about it out.
import type { RecordingView } from "../../logic/recording.ts";
import { NotCollected } from "../../parts/NotCollected.tsx";
import { Empty } from "../../parts/States.tsx";
import { Words } from "../../parts/Words.tsx";

export function NoGil({ view }: { readonly view: RecordingView }) {
  if (!view.target?.build.includes("free-threaded"))
    return <NotCollected title="The GIL was not followed" box="GIL" kind="gil" />;
  return (
    <>
      <h1>This build of Python has no GIL</h1>
      <Empty title="Its threads run at the same time">
        <p className="quiet">
          CPython <Words text={view.target.python} max={20} /> is free-threaded: there is no lock that one thread holds
          and others wait for, so there is nothing to draw.
        </p>
      </Empty>
    </>
  );
}
