// A stretch of a recording's time in; two fields that choose it, and what was allocated in it and is still alive, out. Next: Survivors.tsx.
import { type FormEvent, useEffect, useState } from "react";
import type { RecordingView } from "../../logic/recording.ts";
import type { Range } from "../../logic/routes.ts";
import { Survivors } from "./Survivors.tsx";

interface Given {
  readonly view: RecordingView;
  readonly live: boolean;
  readonly range: Range | undefined;
  readonly brush: (range: Range | undefined) => void;
  /** The last second there is. */
  readonly end: number;
}

export function Stretch({ view, live, range, brush, end }: Given) {
  const [from, setFrom] = useState(text(range?.from ?? 0));
  const [to, setTo] = useState(text(range?.to ?? end));
  // Told by its numbers: the same stretch that is told anew takes nothing away that was typed meanwhile.
  const [shownFrom, shownTo] = [range?.from, range?.to];
  useEffect(() => {
    if (shownFrom === undefined || shownTo === undefined) return;
    setFrom(text(shownFrom));
    setTo(text(shownTo));
  }, [shownFrom, shownTo]);
  const wanted = { from: Number(from), to: Number(to) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted.to > wanted.from) brush(wanted);
  };
  return (
    <section className="card pad below" aria-label="Still alive">
      <form className="row stretch" onSubmit={submit}>
        <h2 className="inline">What is still alive of what was allocated from</h2>
        <Second label="From second" value={from} change={setFrom} />
        <span>to</span>
        <Second label="To second" value={to} change={setTo} />
        <span>s</span>
        <button type="submit" disabled={!(wanted.to > wanted.from)}>
          Look
        </button>
        {range && (
          <button type="button" onClick={() => brush(undefined)}>
            Clear
          </button>
        )}
      </form>
      {range && <Survivors key={`${range.from} ${range.to}`} path={view.path} live={live} range={range} />}
    </section>
  );
}

interface SecondGiven {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}
const Second = ({ label, value, change }: SecondGiven) => (
  <input
    type="number"
    min={0}
    step="any"
    aria-label={label}
    value={value}
    onChange={(event) => change(event.target.value)}
  />
);

const text = (seconds: number): string => String(Math.round(seconds * 10) / 10);
