// A hold that waited in, the chain of blame out: whom it waited for, what that one had waited for, until nobody; each step is a link to its
// hold. Next: ThreadWords.tsx.
import { useMemo } from "react";
import type { LongHold } from "../../../shared/gil-document.ts";
import type { GilChain, GilHold } from "../../../shared/gil-views.ts";
import { duration } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { runningWhat } from "../../logic/gil/finding.ts";
import type { ThreadNames } from "../../logic/gil/threads.ts";
import { type GilRoute, refOf } from "../../logic/gil-route.ts";
import { Link } from "../../parts/Link.tsx";
import { Loaded } from "../../parts/States.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { ThreadOf } from "./ThreadWords.tsx";

interface Given {
  readonly route: GilRoute;
  readonly path: string;
  readonly hold: GilHold;
  readonly names: ThreadNames;
  readonly longHolds: readonly LongHold[];
}

export function BlameChain(given: Given) {
  const { path, hold } = given;
  const { bridge } = useApp();
  const poll = useMemo(
    () => createPoll(bridge, "gil.chain", { path, hold: hold.hold, atMs: hold.acquiredMs }),
    [bridge, path, hold.hold, hold.acquiredMs],
  );
  const chain = usePoll(poll);
  return (
    <section className="below" aria-label="Chain of blame">
      <h2>Whom it waited for, and what that one had waited for</h2>
      <Loaded loadable={chain}>{(found) => found && <Steps {...given} chain={found} />}</Loaded>
    </section>
  );
}

function Steps({ chain: { steps, end }, ...given }: Given & { readonly chain: GilChain }) {
  return (
    <ol className="chain">
      {steps.map((step, at) => (
        <li key={step.hold}>
          <span className="edge">{at === 0 ? "chosen" : waitedFor(steps[at - 1])}</span>
          <span>
            <Step {...given} step={step} />
          </span>
        </li>
      ))}
      <li>
        <span className="edge">{end === "nobody" ? "waited for" : waitedFor(steps.at(-1))}</span>
        <span className="quiet">{endWords[end]}</span>
      </li>
    </ol>
  );
}

const waitedFor = (step: GilHold | undefined) =>
  step ? `waited ${duration((step.acquiredMs - step.requestMs) / 1000)} for` : "";

const endWords: { readonly [E in GilChain["end"]]: string } = {
  nobody: "nobody: the GIL was free",
  unknown: "somebody who is not known: the recording keeps no hold of that time",
  cut: "the next, and so on: choose the last one to go on from there",
};

function Step({ route, names, longHolds, step }: Given & { readonly step: GilHold }) {
  const long = longHolds.find(({ hold }) => hold === step.hold);
  return (
    <>
      <Link to={{ ...route, thread: step.threadId, chosen: refOf(step) }}>
        <ThreadOf names={names} id={step.threadId} />
      </Link>{" "}
      held {duration((step.releasedMs - step.acquiredMs) / 1000)}
      {long && <Said sentence={runningWhat(long)} />}
      <span className="faint"> from {preciseTime(step.acquiredMs, 0.01)}</span>
    </>
  );
}
