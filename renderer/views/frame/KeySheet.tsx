// Nothing in, the sheet of keys out; opened by "?" and closed by Escape.
import type { Ref } from "react";

const keys: readonly (readonly [string, string])[] = [
  ["g p", "Processes"],
  ["g l", "Live"],
  ["g w", "What grows"],
  ["g r", "Recordings"],
  ["/", "Filter"],
  ["Space", "Freeze the display (Live); the recording goes on"],
  ["↑ ↓ Home End", "Walk the rows of a table; Enter opens one"],
  ["?", "This sheet"],
];

export function KeySheet({ ref }: { readonly ref: Ref<HTMLDialogElement> }) {
  return (
    <dialog ref={ref} aria-label="Keys">
      <h2>Keys</h2>
      <dl>
        {keys.map(([key, does]) => (
          <div key={key} className="between">
            <dt>
              {key.split(" ").map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
        Close
      </button>
    </dialog>
  );
}
