// In the desktop application: which engine is spoken to, and the way back to this machine's, out. In a browser nothing: the address says it.
import { desktop } from "../../bridge/desktop.ts";
import { Code } from "../../parts/Words.tsx";
import { useEngineUrl } from "../../state/use-engine-url.ts";

export function Present() {
  const shell = desktop();
  const url = useEngineUrl();
  if (!shell || url === undefined) return null;
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
