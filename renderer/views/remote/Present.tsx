// In the desktop application: which engine is spoken to, and the way back to this machine's, out. In a browser nothing: the address says it.
import { useEffect, useState } from "react";
import { desktop } from "../../bridge/desktop.ts";
import { Code } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";

export function Present() {
  const shell = desktop();
  const link = useReadable(useApp().bridge.link);
  const [url, setUrl] = useState<string | null>(null);
  // Another link is another engine: it is asked for again.
  useEffect(() => {
    if (link === "open") void shell?.engine().then((answer) => setUrl(answer.ok ? answer.value : null));
  }, [shell, link]);
  if (!shell) return null;
  if (url === null) return <p className="quiet">This window speaks to the engine of this machine.</p>;
  return (
    <div className="row">
      <span className="quiet">
        This window speaks to <Code text={url} max={80} />
      </span>
      <button type="button" onClick={() => void shell.switchEngine(null)}>
        Use this machine
      </button>
    </div>
  );
}
