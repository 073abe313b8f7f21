// The recordings that were chosen in, the way to compare two of them out.
import { comparisonHash, type LibraryRow } from "../../logic/library.ts";
import { Words } from "../../parts/Words.tsx";

interface Given {
  readonly rows: readonly LibraryRow[];
  readonly clear: () => void;
}

export function Chosen({ rows, clear }: Given) {
  if (rows.length === 0) return <p className="heard" role="status" />;
  const hash = comparisonHash(rows);
  const [a, b] = rows.toSorted((one, other) => (one.startedAt ?? "").localeCompare(other.startedAt ?? ""));
  return (
    <div className="note chosen-two" role="status">
      {hash === undefined || !a || !b ? (
        <span className="quiet">Choose one more to compare the two.</span>
      ) : (
        <>
          <span>
            <Words text={b.name} max={48} /> against the earlier <Words text={a.name} max={48} />
          </span>
          <a href={hash} className="button main">
            Compare
          </a>
        </>
      )}
      <button type="button" className="small" onClick={clear}>
        Choose none
      </button>
    </div>
  );
}
