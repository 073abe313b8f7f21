// Figures in, the cards above the charts out.
import type { ReactNode } from "react";
import type { Figures } from "../../logic/figures.ts";
import { byteGrowth, bytes, exactBytes, fraction, growth, rate } from "../../logic/format.ts";
import type { RecordingView } from "../../logic/recording.ts";
import { Count } from "../../parts/Count.tsx";

interface Stat {
  readonly name: string;
  readonly value: ReactNode;
  readonly note: string;
  readonly title?: string;
}

export function Cards({ figures, view }: { readonly figures: Figures; readonly view: RecordingView }) {
  return (
    <div className="cards">
      {statsOf(figures, view).map((stat) => (
        <div key={stat.name} className="card stat" title={stat.title}>
          <span className="quiet">{stat.name}</span>
          <b>{stat.value}</b>
          <span className="faint">{stat.note}</span>
        </div>
      ))}
    </div>
  );
}

function statsOf(figures: Figures, { dropped, produced }: RecordingView): readonly Stat[] {
  return [
    { name: "Live objects", value: <Count value={figures.live} />, note: arrow(figures.livePerSecond, growth) },
    {
      name: "Live memory",
      value: bytes(figures.liveBytes),
      note: arrow(figures.bytesPerSecond, byteGrowth),
      title: exactBytes(figures.liveBytes),
    },
    { name: "Allocations", value: rate(figures.allocatedPerSecond), note: "in the last 5 s" },
    { name: "Frees", value: rate(figures.freedPerSecond), note: "in the last 5 s" },
    {
      name: "Dropped",
      value: <Count value={dropped} />,
      note: dropped === 0 ? "every event was counted" : `${fraction(dropped / produced)} of all events`,
    },
  ];
}

function arrow(perSecond: number | undefined, words: (value: number) => string): string {
  if (perSecond === undefined) return "warming up";
  const glyph = perSecond > 0.05 ? "▲" : perSecond < -0.05 ? "▼" : "=";
  return `${glyph} ${words(perSecond)}`;
}
