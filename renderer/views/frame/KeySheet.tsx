// Nothing in, the sheet of keys out; opened by "?" and closed by Escape.
import type { Ref } from "react";

type Key = readonly [string, string];

const groups: readonly { readonly head: string; readonly keys: readonly Key[] }[] = [
  {
    head: "Everywhere",
    keys: [
      ["g p", "Processes"],
      ["g l", "Live"],
      ["g s", "Suspects"],
      ["g w", "What grows"],
      ["g f", "Stacks as a flame graph"],
      ["g g", "GIL"],
      ["g e", "Errors"],
      ["g x", "Extensions"],
      ["g h", "Snapshot of the heap"],
      ["g y", "Why an object is alive"],
      ["g o", "Object"],
      ["g r", "Recordings"],
      ["g c", "Compare two recordings"],
      ["/", "Filter"],
      ["Space", "Freeze the display (Live); the recording goes on"],
      ["↑ ↓ Home End", "Walk the rows of a table; Enter opens one"],
      ["← →", "In a row: its numbers; in a tree: shut and open a branch"],
      ["?", "This sheet"],
    ],
  },
  {
    head: "On the tracks of the GIL",
    keys: [
      ["W S", "Look closer, from further away; also Ctrl and the wheel"],
      ["A D", "Earlier, later; also Shift and the wheel or a drag"],
      ["↑ ↓", "Choose the thread, with the tracks focused; ← → move"],
      [". ,", "Next, previous hold of the chosen thread"],
      ["F", "Show what is chosen; once more: all"],
      ["0", "Show all"],
      ["R", "Choose the time that is in view; a drag does the same"],
      ["Esc", "Drop what is chosen"],
    ],
  },
  {
    head: "On a flame graph",
    keys: [
      ["↑ ↓", "Out to what called it, in to the widest it calls"],
      ["← →", "Along the row"],
      ["Enter", "Give the chosen frame the whole width"],
      ["Backspace", "One frame out"],
      ["Esc", "All of it again"],
    ],
  },
];

export function KeySheet({ ref }: { readonly ref: Ref<HTMLDialogElement> }) {
  return (
    <dialog ref={ref} aria-label="Keys">
      <div className="key-groups">
        {groups.map(({ head, keys }) => (
          <section key={head}>
            <h2>{head}</h2>
            <dl>
              {keys.map(([key, does]) => (
                <KeyLine key={key} keys={key.split(" ")} does={does} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
        Close
      </button>
    </dialog>
  );
}

function KeyLine({ keys, does }: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <>
      <dt>
        {keys.map((key, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: "g g" has the same key twice
          <kbd key={at}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </>
  );
}
