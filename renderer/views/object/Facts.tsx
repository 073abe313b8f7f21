// A followed object in; what is known of it besides its count, as far as a snapshot of the recording knows it, out. Used by ObjectView.tsx.
import { Fragment, useMemo } from "react";
import type { ObjectSteps } from "../../../shared/history-views.ts";
import { bytes, duration, unknown } from "../../logic/format.ts";
import { why } from "../../logic/heap-route.ts";
import { isImmortal, type Life } from "../../logic/history.ts";
import { known } from "../../logic/loadable.ts";
import type { ObjectRoute } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { Stack } from "../../parts/Stack.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

interface Given {
  readonly route: ObjectRoute;
  readonly path: string;
  readonly steps: ObjectSteps;
  /** Other objects that were followed at the same address. */
  readonly lives: readonly Life[];
}

export function Facts({ route, path, steps, lives }: Given) {
  const { bridge } = useApp();
  const { address, points, state } = steps;
  const poll = useMemo(() => createPoll(bridge, "heap.why", { path, object: address }), [bridge, path, address]);
  const inHeap = known(usePoll(poll));
  // A snapshot knows an address: what lay there at another time may be something else.
  const found = inHeap?.object.type === steps.type ? inHeap : undefined;
  const [first, last] = [points[0], points.at(-1)];
  return (
    <section aria-label="The object">
      <dl className="facts below">
        <dt>Size</dt>
        <dd>{found ? bytes(found.object.size) : unknown}</dd>
        <dt>Immortal</dt>
        <dd>{isImmortal(steps) ? "yes: its count never changes what becomes of it" : "no"}</dd>
        <dt>First change</dt>
        <dd>{first ? `${duration(first.t / 1000)} after the start` : unknown}</dd>
        <dt>Freed</dt>
        <dd>{state === "freed" && last ? `${duration(last.t / 1000)} after the start` : unfreed[state]}</dd>
        <dt>Held by</dt>
        <dd>
          {found ? (
            <Link to={why(path, address)}>Why it is alive</Link>
          ) : (
            `${unknown} (no snapshot of this recording has it)`
          )}
        </dd>
        {lives.length > 0 && (
          <>
            <dt>Also at {address}</dt>
            <dd>
              {lives.map(({ id, words }, at) => (
                <Fragment key={id}>
                  {at > 0 && ", "}
                  <Link to={{ ...route, address: id, row: undefined }}>{words}</Link>
                </Fragment>
              ))}
            </dd>
          </>
        )}
      </dl>
      {found?.object.site && (
        <>
          <h3>Allocated here, innermost call first</h3>
          <Stack frames={found.object.site} empty={unknown} />
        </>
      )}
    </section>
  );
}

const unfreed: Readonly<Record<ObjectSteps["state"], string>> = {
  followed: "not so far",
  left: "not while it was recorded",
  freed: unknown,
  reused: `yes; when is ${unknown}`,
  abandoned: unknown,
};
