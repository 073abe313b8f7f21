// An attempt that goes on in, the button that takes it back out; what became of it is told by its refusal. Without a path nothing is known
// of it yet.
import { useState } from "react";
import { useApp } from "../../state/app-context.ts";

export function Cancel({ path }: { readonly path: string | undefined }) {
  const { bridge } = useApp();
  const [isAsked, setAsked] = useState(false);
  const cancel = () => {
    setAsked(true);
    if (path !== undefined) void bridge.call("recording.stop", { path });
  };
  return (
    <p className="row below">
      <button type="button" disabled={isAsked || path === undefined} onClick={cancel}>
        {isAsked ? "Cancelling…" : "Cancel"}
      </button>
      <span className="faint">
        {isAsked
          ? "The step under way is waited for, then what was done is taken back."
          : "At any step: what was done by then is taken back."}
      </span>
    </p>
  );
}
