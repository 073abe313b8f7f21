// A recording and a level in, its report and its verdict as Markdown to paste into a bug report, without what is private, out. The engine writes
// them, so that they are the same at every door.
import { useMemo } from "react";
import { known } from "../../logic/loadable.ts";
import type { ShareRoute } from "../../logic/share-route.ts";
import { Copy } from "../../parts/Copy.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

interface Given {
  readonly path: string;
  readonly level: ShareRoute["level"];
}

export function CopyTexts(given: Given) {
  return (
    <div className="row below">
      <CopyText {...given} of="report" label="Copy the report as Markdown" />
      <CopyText {...given} of="verdict" label="Copy the verdict as Markdown" />
      <span className="quiet">For a bug report, at the same level.</span>
    </div>
  );
}

function CopyText({ path, level, of, label }: Given & { readonly of: "report" | "verdict"; readonly label: string }) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.markdown", { path, of, level }), [bridge, path, of, level]);
  const text = known(usePoll(poll));
  return text === undefined ? null : <Copy text={text} label={label} />;
}
