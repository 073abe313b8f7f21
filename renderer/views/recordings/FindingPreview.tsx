// A recording in, what it found in one sentence out: its verdict where it was diagnosed, else what grows, else what it collected.
import { useMemo } from "react";
import type { RecordingTold } from "../../../shared/documents.ts";
import { headline, type Sentence, words } from "../../logic/finding.ts";
import { keptSentence } from "../../logic/library.ts";
import { Loaded } from "../../parts/States.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

const everyMs = 5000;

interface Given {
  readonly path: string;
  readonly live: boolean;
}

export function FindingPreview({ path, live }: Given) {
  const { bridge } = useApp();
  const facts = useMemo(() => createPoll(bridge, "recording.facts", { path }), [bridge, path]);
  return (
    <Loaded loadable={usePoll(facts, live ? everyMs : undefined)}>
      {(told) => {
        const sentence = sentenceOf(told);
        return sentence ? <Finding sentence={sentence} /> : <Growth path={path} live={live} />;
      }}
    </Loaded>
  );
}

function Growth({ path, live }: Given) {
  const { bridge } = useApp();
  const sites = useMemo(() => createPoll(bridge, "recording.sites", { path }), [bridge, path]);
  return (
    <Loaded loadable={usePoll(sites, live ? everyMs : undefined)}>
      {({ rows }) => <Finding sentence={headline(rows)} />}
    </Loaded>
  );
}

const Finding = ({ sentence }: { readonly sentence: Sentence }) => (
  <p className="strong finding">
    <Said sentence={sentence} />
  </p>
);

/** Undefined: what grows has to be asked for. */
function sentenceOf({ diagnosis, recording: { collected } }: RecordingTold): Sentence | undefined {
  if (diagnosis) return keptSentence(diagnosis);
  if (collected.includes("lifecycle")) return undefined;
  return [words(`It did not count objects; it collected ${collected.join(", ") || "a snapshot of the heap"}.`)];
}
