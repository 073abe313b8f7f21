// Suspects in, ranked cards out: what, how fast, how sure; one of them open with its argument. Next: Argument.tsx.
import { useId, useMemo } from "react";
import type { DiagnosisDocument, Suspect } from "../../../shared/diagnosis-document.ts";
import {
  blamePlace,
  intervalsWords,
  keptWords,
  kindTags,
  ratesWords,
  surenessWords,
  suspectSentence,
  trendOf,
} from "../../logic/diagnosis.ts";
import { bytes, count } from "../../logic/format.ts";
import { known } from "../../logic/loadable.ts";
import type { SuspectsRoute } from "../../logic/routes.ts";
import { Spark } from "../../parts/Spark.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Said, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { go } from "../../state/use-route.ts";
import { Argument } from "./Argument.tsx";

const fewCards = 20;

interface CardsGiven {
  readonly route: SuspectsRoute;
  /** The rules that mute have changed. */
  readonly changed: () => void;
  readonly document: DiagnosisDocument;
}

export function Cards({ route, document, changed }: CardsGiven) {
  const { suspects } = document;
  const here = route.suspect === 0 || suspects.some(({ rank }) => rank === route.suspect);
  const open = here ? route.suspect : suspects[0]?.rank;
  const limit = useLimit(suspects.length, fewCards);
  const lines = useTrends(document);
  return (
    <>
      <ol className="suspects" aria-label="Suspects">
        {suspects.slice(0, limit.shown).map((suspect, at) => (
          <SuspectCard
            key={suspect.rank}
            document={document}
            suspect={suspect}
            line={lines?.[at] ?? undefined}
            open={open === suspect.rank}
            changed={changed}
            toggle={() => go({ ...route, suspect: open === suspect.rank ? 0 : suspect.rank })}
          />
        ))}
      </ol>
      {limit.note}
    </>
  );
}

/** Of references that leak nothing is counted over time. */
function useTrends({ path, suspects }: DiagnosisDocument) {
  const { bridge } = useApp();
  const poll = useMemo(
    () => createPoll(bridge, "recording.trends", { path, of: suspects.slice(0, fewCards).map(trendOf) }),
    [bridge, path, suspects],
  );
  return known(usePoll(poll))?.live;
}

interface Given {
  readonly document: DiagnosisDocument;
  readonly suspect: Suspect;
  /** What was live of it over time; undefined where that was not recorded. */
  readonly line: readonly number[] | undefined;
  readonly open: boolean;
  readonly changed: () => void;
  readonly toggle: () => void;
}

function SuspectCard({ document, suspect, line, open, changed, toggle }: Given) {
  const id = useId();
  const [rate, ...more] = ratesWords(suspect);
  const { name, meaning } = kindTags[suspect.kind];
  return (
    <li className="suspect" data-open={open}>
      <div className="suspect-head">
        <span className="rank" aria-hidden="true">
          {suspect.rank}
        </span>
        <h2>
          <button type="button" className="bare" aria-expanded={open} aria-controls={id} onClick={toggle}>
            <span className="twist">{open ? "▾" : "▸"}</span>
            <span>
              <Said sentence={suspectSentence(suspect)} />
            </span>
          </button>
        </h2>
        <span className="rate">{rate}</span>
        <span className="quiet under">
          <span className="tag" data-meaning={meaning}>
            {name}
          </span>
          <Sure suspect={suspect} />
          <Blamed suspect={suspect} />
        </span>
        <span className="faint nowrap">
          {more.join(" · ")}
          {line && suspect.kind !== "unexplained-references" && (
            <Spark values={line} say={suspect.type === null ? bytes : count} />
          )}
        </span>
      </div>
      <div id={id} className="suspect-body" hidden={!open}>
        {open && <Argument document={document} suspect={suspect} changed={changed} />}
      </div>
    </li>
  );
}

/** How sure, by what, and by whose nature it is kept. */
function Sure({ suspect }: { readonly suspect: Suspect }) {
  const told = [surenessWords(suspect.confidence), intervalsWords(suspect), keptWords(suspect)];
  return told.flatMap((text) => (text === undefined ? [] : [<span key={text}>{text}</span>]));
}

function Blamed({ suspect: { blame } }: { readonly suspect: Suspect }) {
  if (!blame) return <span>no function could be named</span>;
  const place = blamePlace(blame);
  if (place === "") return null;
  return (
    <span className="code">
      <Words text={place} max={80} />
    </span>
  );
}
