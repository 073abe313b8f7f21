// Figures in, the cards above the charts out.
import type { ReactNode } from "react";
import { type Figures, recentOf } from "../../logic/figures.ts";
import { byteGrowth, bytes, exactBytes, fraction, growth, rate, unknown } from "../../logic/format.ts";
import { waitPart } from "../../logic/gil/waits.ts";
import type { RecordingView } from "../../logic/recording.ts";
import { averageOf } from "../../logic/thinned.ts";
import { Count } from "../../parts/Count.tsx";
import type { Others } from "./use-others.ts";

interface Stat {
  readonly name: string;
  readonly value: ReactNode;
  readonly note: string;
  readonly title?: string;
}

interface Given {
  readonly figures: Figures;
  readonly view: RecordingView;
  readonly live: boolean;
  readonly others: Others;
}

export function Cards(given: Given) {
  return (
    <div className="cards">
      {statsOf(given).map((stat) => (
        <div key={stat.name} className="card stat" title={stat.title}>
          <span className="quiet">{stat.name}</span>
          <b>{stat.value}</b>
          <span className="faint">{stat.note}</span>
        </div>
      ))}
    </div>
  );
}

const statsOf = ({ figures, view, live, others }: Given): readonly Stat[] => [
  { name: "Live objects", value: <Count value={figures.live} />, note: arrow(figures.livePerSecond, growth) },
  {
    name: "Net objects",
    value: growth(net(figures)),
    note: `${rate(figures.allocatedPerSecond)} made, ${rate(figures.freedPerSecond)} freed`,
    title: "Allocated less freed, in the last 5 s",
  },
  {
    name: "Live memory",
    value: bytes(figures.liveBytes),
    note: arrow(figures.bytesPerSecond, byteGrowth),
    title: exactBytes(figures.liveBytes),
  },
  {
    name: "Resident memory (RSS)",
    value: bytes(view.rssBytes),
    note: view.rssBytes === undefined ? whyNoRss(live) : "of the whole process",
    title: exactBytes(view.rssBytes),
  },
  { name: "Errors", ...errorStat(others) },
  { name: "Waiting for the GIL", ...waitStat(others) },
];

const net = ({ allocatedPerSecond: made, freedPerSecond: freed }: Figures): number | undefined =>
  made === undefined || freed === undefined ? undefined : made - freed;

const whyNoRss = (live: boolean): string => (live ? "not told by the other machine" : "known while it is recorded");

function errorStat({ rates }: Others): Omit<Stat, "name"> {
  if (!rates) return unknownStat(rates);
  const recent = averageOf(recentOf(rates.buckets, rates.bucketSeconds), ({ raised }) => raised);
  return { value: rate(recent), note: "raised in the last 5 s" };
}

function waitStat({ contention }: Others): Omit<Stat, "name"> {
  if (!contention) return unknownStat(contention);
  const [first, second] = contention;
  const bucketSeconds = first && second ? (second.atMs - first.atMs) / 1000 : Number.POSITIVE_INFINITY;
  const part = waitPart(recentOf(contention, bucketSeconds));
  return { value: fraction(part), note: part === null ? "nobody wanted it" : "of the time it was wanted" };
}

const unknownStat = (found: null | undefined): Omit<Stat, "name"> => ({
  value: unknown,
  note: found === null ? "not collected" : "not known yet",
});

function arrow(perSecond: number | undefined, words: (value: number) => string): string {
  if (perSecond === undefined) return "warming up";
  const glyph = perSecond > 0.05 ? "▲" : perSecond < -0.05 ? "▼" : "=";
  return `${glyph} ${words(perSecond)}`;
}
