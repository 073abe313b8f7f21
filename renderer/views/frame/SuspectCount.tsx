// The recording that is shown in, how many suspects the verdict that it keeps has out; nothing where nothing was diagnosed.
import { useMemo } from "react";
import { known } from "../../logic/loadable.ts";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

const everyMs = 10_000;

export function SuspectCount({ path }: { readonly path: string }) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.facts", { path }), [bridge, path]);
  const count = known(usePoll(poll, everyMs))?.diagnosis?.suspects.length ?? 0;
  return count === 0 ? null : <span className="faint">{count}</span>;
}
