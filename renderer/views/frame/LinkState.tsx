// The link to the engine in; the screen, or what stands in its way, out.
import type { ReactNode } from "react";
import { Empty, Note, Skeleton } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";

export function LinkState({ children }: { readonly children: ReactNode }) {
  const link = useReadable(useApp().bridge.link);
  if (link === "connecting") return <Skeleton />;
  if (link === "locked") return <Locked />;
  return (
    <>
      {link === "lost" && (
        <Note
          title="Connection to the engine lost"
          text="Reconnecting. What you see is the last that was known; look at the terminal where refscope serve runs if it stays like this."
        />
      )}
      {children}
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
