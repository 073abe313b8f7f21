// A recording in, what it found in one sentence out: its verdict where it was diagnosed, else what grows, else what it collected.
import { useMemo } from "react";
import type { Report } from "../../../shared/documents.ts";
import { headline, type Sentence, words } from "../../logic/finding.ts";
import { keptSentence } from "../../logic/library.ts";
import { Loaded } from "../../parts/States.tsx";
import { Said } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

const everyMs = 5000;

export function FindingPreview({ path, live }: { readonly path: string; readonly live: boolean }) {
  const { bridge } = useApp();
  const report = usePoll(
    useMemo(() => createPoll(bridge, "recording.report", { path }), [bridge, path]),
    live ? everyMs : undefined,
  );
  return (
    <Loaded loadable={report}>
      {(told) => (
        <p className="strong finding">
          <Said sentence={findingOf(told)} />
        </p>
      )}
    </Loaded>
  );
}

function findingOf({ diagnosis, lifecycle, recording: { collected } }: Report): Sentence {
  if (diagnosis) return keptSentence(diagnosis);
  if (collected.includes("lifecycle")) return headline(lifecycle.sites);
  return [words(`It did not count objects; it collected ${collected.join(", ") || "a snapshot of the heap"}.`)];
}
