// Every command that can be given now in, a list to type into out: Ctrl+K, letters, arrows, Enter. Next: use-palette.ts.
import { type RefObject, useEffect, useId, useLayoutEffect } from "react";
import { PaletteLine } from "./PaletteLine.tsx";
import { usePalette } from "./use-palette.ts";

interface Given {
  readonly ref: RefObject<HTMLDialogElement | null>;
  readonly path: string | undefined;
  readonly closed: () => void;
}

/** Open as soon as it is there: a letter that is typed right after the key that called it is not lost. */
export function Palette({ ref, path, closed }: Given) {
  useLayoutEffect(() => {
    if (!ref.current?.open) ref.current?.showModal();
  }, [ref]);
  // At once, not when the browser tells it: it may be called again by then. Closing gives the focus back to where it was.
  const shut = () => {
    ref.current?.close();
    closed();
  };
  return (
    <dialog
      ref={ref}
      className="palette"
      aria-label="Commands"
      onClose={closed}
      // A press beside it shuts it: the dialog itself is only its edge.
      onMouseDown={(event) => event.target === event.currentTarget && shut()}
    >
      <Inside path={path} shut={shut} />
    </dialog>
  );
}

function Inside({ path, shut }: { readonly path: string | undefined; readonly shut: () => void }) {
  const id = useId();
  const { typed, type, lines, at, onKeyDown, take } = usePalette(path, shut);
  // In braces: newer browsers answer with a promise, which is no way to undo an effect.
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at]);
  return (
    <>
      <input
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
