// The link to the engine in; the screen, or what stands in its way, out.
import type { ReactNode } from "react";
import { desktop } from "../../bridge/desktop.ts";
import { Empty, Note, Skeleton, sentence } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { useEngineUrl } from "../../state/use-engine-url.ts";
import { useReadable } from "../../state/use-poll.ts";

export function LinkState({ children }: { readonly children: ReactNode }) {
  const link = useReadable(useApp().bridge.link);
  if (link === "connecting") return <Skeleton />;
  if (link === "locked") return <Locked />;
  return (
    <>
      {link === "lost" && <Lost />}
      {children}
    </>
  );
}

/** In the desktop application another try can be asked for, which also comes back from another machine's engine. */
function Lost() {
  const { cause, fix } = useReadable(useApp().bridge.trouble);
  const shell = desktop();
  const url = useEngineUrl();
  return (
    <>
      <Note
        title="Connection to the engine lost"
        text={`${sentence(cause)} ${fix} What you see is the last that was known.`}
      />
      {shell && (
        <p className="row below">
          <button type="button" onClick={() => void shell.switchEngine(null)}>
            {url === null ? "Try again" : "Use this machine"}
          </button>
        </p>
      )}
    </>
  );
}

function Locked() {
  return (
    <>
      <h1>This browser is not signed in</h1>
      <Empty title="Open the link that the terminal shows">
        <p className="quiet">
          Each link of <code>refscope serve</code> works once, so that nobody else on this machine can use it. Press
          Enter in that terminal for a fresh one; this page goes on by itself when you have opened it.
        </p>
      </Empty>
    </>
  );
}
