// Nothing in, the sheet of keys out; opened by "?" and closed by Escape. Its lines are those of logic/commands.ts.
import type { Ref } from "react";
import { settings } from "../../logic/routes.ts";
import { KeyList } from "../../parts/KeyList.tsx";
import { Link } from "../../parts/Link.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";

export function KeySheet({ ref }: { readonly ref: Ref<HTMLDialogElement> }) {
  const { characterKeys } = useReadable(useApp().settings);
  return (
    <dialog ref={ref} aria-label="Keys">
      {!characterKeys && (
        <p className="quiet">
          Keys of one character are switched off: only those with Ctrl, and those that move the focus, do something.
        </p>
      )}
      <KeyList />
      <div className="row">
        <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
          Close
        </button>
        <span onClickCapture={(event) => event.currentTarget.closest("dialog")?.close()}>
          <Link to={settings}>Switch single keys off or on</Link>
        </span>
      </div>
    </dialog>
  );
}
