// A recording in, the button that stops it out. The engine finishes the file; the state says when.
import { useState } from "react";
import { useApp } from "../../state/app-context.ts";
import { useCommands } from "../../state/use-commands.ts";

export function StopButton({ path }: { readonly path: string }) {
  const { bridge, states } = useApp();
  const [stopping, setStopping] = useState(false);
  const stop = async () => {
    setStopping(true);
    await bridge.call("recording.stop", { path });
    setStopping(false);
    states.refresh();
  };
  useCommands({ "recording.stop": stopping ? undefined : () => void stop() });
  return (
    <button
      type="button"
      title="The recording ends; the process goes on without Refscope in it"
      disabled={stopping}
      onClick={() => void stop()}
    >
      {stopping ? "Stopping…" : "Stop"}
    </button>
  );
}
