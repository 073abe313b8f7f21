// A recording that goes on in, the button that marks its present out; what was done last stands beside it, and is spoken.
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

export function MarkSaid() {
  const said = useReadable(useApp().marks.said);
  return (
    <span className="faint marked" role="status" title={said}>
      {said}
    </span>
  );
}
