// What is chosen on the tracks in, its facts out: one hold with its wait and its stack, or what happened in a piece of time. Next: ChosenSpan.tsx.
import type { GilReport, LongHold } from "../../../shared/gil-document.ts";
import type { GilHold } from "../../../shared/gil-views.ts";
import { duration } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import type { ThreadNames } from "../../logic/gil/threads.ts";
import type { GilRoute } from "../../logic/gil-route.ts";
import { Stack } from "../../parts/Stack.tsx";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useRested } from "../../state/gil/use-rested.ts";
import { BlameChain } from "./BlameChain.tsx";
import { ChosenSpan } from "./ChosenSpan.tsx";
import { NativeStack } from "./NativeStack.tsx";
import { ThreadOf } from "./ThreadWords.tsx";

interface Given {
  readonly route: GilRoute;
  readonly tracks: Tracks;
  readonly path: string;
  readonly names: ThreadNames;
  readonly report: GilReport;
}

export function Chosen(given: Given) {
  const { tracks, path, names, report } = given;
  const chosen = useRested(tracks.chosen);
  if (!chosen) return null;
  if (chosen.kind === "span") return <ChosenSpan tracks={tracks} path={path} span={chosen.span} names={names} />;
  return (
    <ChosenHold {...given} hold={chosen.hold} long={report.longHolds.find(({ hold }) => hold === chosen.hold.hold)} />
  );
}

type HoldGiven = Given & { readonly hold: GilHold; readonly long: LongHold | undefined };

function ChosenHold({ route, tracks, path, names, hold, long, report }: HoldGiven) {
  return (
    <section className="card pad chosen" aria-label="The chosen hold">
      <div className="between">
        <h2>The chosen hold</h2>
        <div className="row">
          <button type="button" className="small" onClick={() => tracks.focus()}>
            Look at it <kbd>F</kbd>
          </button>
          <button type="button" className="small" onClick={() => tracks.choose(undefined)}>
            Drop it <kbd>Esc</kbd>
          </button>
        </div>
      </div>
      <div className="argument">
        <Facts hold={hold} names={names} />
        <Ran long={long} thresholdMs={report.thresholdMs} />
      </div>
      {hold.waited && <BlameChain route={route} path={path} hold={hold} names={names} longHolds={report.longHolds} />}
    </section>
  );
}

function Facts({ hold, names }: Pick<HoldGiven, "hold" | "names">) {
  return (
    <dl className="facts">
      <dt>Thread</dt>
      <dd>
        <ThreadOf names={names} id={hold.threadId} />
      </dd>
      <dt>Held</dt>
      <dd>
        {duration((hold.releasedMs - hold.acquiredMs) / 1000)}, from {preciseTime(hold.acquiredMs, 0.001)}
      </dd>
      <dt>Let go</dt>
      <dd>{hold.forced ? "because another thread asked for it" : "by itself"}</dd>
      <dt>Waited</dt>
      <dd>{hold.waited ? duration((hold.acquiredMs - hold.requestMs) / 1000) : "not at all"}</dd>
      {hold.waitedFor !== null && (
        <>
          <dt>For</dt>
          <dd>
            <ThreadOf names={names} id={hold.waitedFor} />
          </dd>
        </>
      )}
    </dl>
  );
}

function Ran({ long, thresholdMs }: { readonly long: LongHold | undefined; readonly thresholdMs: number }) {
  if (!long)
    return (
      <p className="quiet">
        What it ran is not known: only holds of at least {duration(thresholdMs / 1000)} are looked at. Record with a
        smaller <code>--gil-threshold</code> to see more.
      </p>
    );
  return (
    <section>
      <h2>What it ran, innermost call first</h2>
      <Stack
        frames={long.frames}
        empty="Its Python stack could not be read: the thread left it too soon, or it ran none."
      />
      <NativeStack frames={long.native} />
    </section>
  );
}
