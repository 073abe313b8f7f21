// A recording in, whether it is what was sealed, as soon as it is seen, out. Next: state/integrity.ts asks.
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { SessionRow } from "../../../shared/documents.ts";
import { integrityWords } from "../../logic/library.ts";
import { useApp } from "../../state/app-context.ts";
import { unaskedBytes } from "../../state/integrity.ts";
import { useReadable } from "../../state/use-poll.ts";

interface Given {
  readonly row: SessionRow;
  /** What its state is; of a closed one the seal says more. */
  readonly children: ReactNode;
}

export function IntegrityBadge({ row, children }: Given) {
  // What is being written is sealed when it ends; what does not open says so already.
  return row.status === "recording" || row.status === "unreadable" ? children : <Badge row={row}>{children}</Badge>;
}

function Badge({ row: { path, bytes, status }, children }: Given) {
  const { integrity } = useApp();
  const [wanted, setWanted] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const checked = useReadable(integrity.of({ path, bytes, status }));
  useEffect(() => {
    if (!place.current) return;
    const watcher = new IntersectionObserver((entries) => setWanted(entries.some((entry) => entry.isIntersecting)));
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  const unasked = bytes <= unaskedBytes;
  useEffect(
    () => (wanted && unasked ? integrity.want({ path, bytes, status }) : undefined),
    [integrity, wanted, unasked, path, bytes, status],
  );
  return (
    <span ref={place} className="badges">
      {(checked.kind !== "known" || status !== "closed") && children}
      {checked.kind === "known" && (
        <span
          className="tag"
          data-meaning={integrityWords[checked.verification.outcome].meaning}
          title={integrityWords[checked.verification.outcome].about}
        >
          {integrityWords[checked.verification.outcome].text}
        </span>
      )}
      {checked.kind === "failed" && (
        <span className="tag" data-meaning="leak">
          ✕ not checked
        </span>
      )}
      {checked.kind === "unasked" && !unasked && (
        <button type="button" className="small" onClick={() => integrity.want({ path, bytes, status })}>
          Check it
        </button>
      )}
    </span>
  );
}
