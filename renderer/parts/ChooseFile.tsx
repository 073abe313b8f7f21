// Nothing in, the button that chooses files to open out; what becomes of them stands over the screen. In the desktop application its shell
// asks. Next: state/brought.ts.
import { useRef } from "react";
import { desktop } from "../bridge/desktop.ts";
import { useApp } from "../state/app-context.ts";
import { useReadable } from "../state/use-poll.ts";

export function ChooseFile() {
  const { brought } = useApp();
  const busy = useReadable(brought.told)?.kind === "coming";
  const field = useRef<HTMLInputElement>(null);
  const shell = desktop();
  const pick = async () => {
    const answer = await shell?.pickRecording();
    if (answer) brought.tell(answer.ok ? undefined : answer.problem, 0);
  };
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        multiple
        accept=".refscope"
        onChange={(event) => {
          void brought.take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <button type="button" disabled={busy} onClick={() => (shell ? void pick() : field.current?.click())}>
        Open a file…
      </button>
    </>
  );
}
