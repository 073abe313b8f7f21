// A comparison in, what it rests on out: the two recordings side by side. Used by Compare.tsx.
import type { Comparison } from "../../../shared/comparison-document.ts";
import { counted, duration } from "../../logic/format.ts";
import { fileName } from "../../logic/recording.ts";
import { grows } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { When } from "../../parts/When.tsx";
import { Words } from "../../parts/Words.tsx";

export function Sides({ comparison: { a, b } }: { readonly comparison: Comparison }) {
  return (
    <div className="sides">
      <One name="A" side={a} />
      <One name="B" side={b} />
    </div>
  );
}

function One({ name, side }: { readonly name: string; readonly side: Comparison["a"] }) {
  const facts = [
    `Python ${side.python}`,
    duration(side.seconds),
    ...(side.mark === undefined ? [] : [`at the mark “${side.mark}”`]),
    ...(side.runs > 1 ? [`${side.runs} runs`] : []),
    side.dropped === 0 ? "nothing dropped" : `${counted(side.dropped, "event", "events")} dropped`,
  ];
  return (
    <section className="card pad" aria-label={`Recording ${name}`}>
      <h2>
        {name}{" "}
        <Link to={grows(side.path)}>
          <Words text={fileName(side.path)} max={80} />
        </Link>
      </h2>
      <p className="quiet">
        <When iso={side.startedAt} /> · <Words text={facts.join(" · ")} max={200} />
      </p>
    </section>
  );
}
