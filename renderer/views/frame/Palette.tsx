// Every command that can be given now in, a list to type into out: Ctrl+K, letters, arrows, Enter. Next: use-palette.ts.
import { type Ref, useEffect, useId, useRef, useState } from "react";
import { PaletteLine } from "./PaletteLine.tsx";
import { usePalette } from "./use-palette.ts";

interface Given {
  readonly ref: Ref<HTMLDialogElement>;
  readonly path: string | undefined;
}

/** What is in it is asked for only while it is open. */
export function Palette({ ref, path }: Given) {
  const [open, setOpen] = useState(false);
  return (
    <dialog
      ref={ref}
      className="palette"
      aria-label="Commands"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onClose={() => setOpen(false)}
      // A press beside it shuts it: the dialog itself is only its edge.
      onMouseDown={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      {open && <Opened path={path} />}
    </dialog>
  );
}

function Opened({ path }: { readonly path: string | undefined }) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const shut = () => box.current?.closest("dialog")?.close();
  const { typed, type, lines, at, onKeyDown, take } = usePalette(path, shut);
  useEffect(() => box.current?.focus(), []);
  // In braces: newer browsers answer with a promise, which is no way to undo an effect.
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at]);
  return (
    <>
      <input
        ref={box}
        type="text"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={lines.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        placeholder="Go to a screen, a recording, a process, or do something"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label="Commands" className="palette-lines" tabIndex={-1}>
        {lines.map((line, n) => (
          <PaletteLine key={line.command.id} id={`${id}-${n}`} line={line} isHere={n === at} take={take} />
        ))}
      </div>
      <p className="palette-foot faint" role="status">
        {lines.length === 0 ? "Nothing is called like that." : <span className="heard">{lines.length} found</span>}
        {lines.length > 0 && "↑ ↓ choose, Enter does it, Esc shuts"}
      </p>
    </>
  );
}
