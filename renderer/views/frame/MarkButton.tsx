// A recording that goes on in, the button that marks its present out; what was done last stands beside it, and is spoken.
import { useEffect } from "react";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";

export function MarkButton({ path }: { readonly path: string }) {
  const store = useApp().marks.of(path);
  return (
    <button type="button" title="Mark this moment (M)" onClick={() => void store.set()}>
      Mark <kbd>M</kbd>
    </button>
  );
}

export function MarkSaid({ path }: { readonly path: string | undefined }) {
  const book = useApp().marks;
  const said = useReadable(book.said);
  // What was said of another recording is said no longer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: named, because it is the reason
  useEffect(() => () => book.said.set(""), [book, path]);
  return (
    <span className="faint marked" role="status" title={said}>
      {said}
    </span>
  );
}
