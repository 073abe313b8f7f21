// One recording of the library in; what it found, what it is, and what can be done with it, out. Next: Finding.tsx, Tags.tsx, Name.tsx.
import { count, duration, unknown } from "../../logic/format.ts";
import { destination, integrityWords, type LibraryRow, remedyOf } from "../../logic/library.ts";
import { share } from "../../logic/share-route.ts";
import { Link } from "../../parts/Link.tsx";
import { Size } from "../../parts/Size.tsx";
import { ProblemCard, sentence } from "../../parts/States.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { useTask } from "../../state/use-task.ts";
import { FindingPreview } from "./FindingPreview.tsx";
import { Name } from "./Name.tsx";
import { Remedy } from "./Remedy.tsx";
import { Tags } from "./Tags.tsx";

interface Given {
  readonly row: LibraryRow;
  readonly changed: () => void;
  /** It has another path now, or none. */
  readonly moved: (path: string | undefined) => void;
}

export function Details({ row, changed, moved }: Given) {
  const readable = row.status !== "unreadable";
  return (
    <section className="details" aria-label={`About ${row.name}`}>
      <div>
        {readable ? <FindingPreview path={row.path} live={row.status === "recording"} /> : <Why row={row} />}
        <Tags row={row} changed={changed} />
        <Actions row={row} changed={changed} moved={moved} />
      </div>
      <Facts row={row} />
    </section>
  );
}

function Why({ row }: { readonly row: LibraryRow }) {
  return (
    <>
      <p className="strong">{remedyOf(row.problem) === "update" ? "A newer Refscope wrote it" : "It cannot be read"}</p>
      <p className="quiet">
        <Words text={sentence(row.problem ?? "")} />
      </p>
    </>
  );
}

function Actions({ row, changed, moved }: Given) {
  const { bridge } = useApp();
  const done = () => {
    moved(undefined);
    changed();
  };
  const { task, begin } = useTask((path: string) => bridge.call("library.remove", { path }), done);
  const writing = row.status === "recording";
  const readable = row.status !== "unreadable";
  return (
    <>
      {!writing && <Remedy row={row} changed={changed} />}
      <div className="row">
        {readable && (
          <Link to={destination(row)} className="button main">
            {writing ? "Watch" : "Open"}
          </Link>
        )}
        {readable && !writing && (
          <Link to={share(row.path)} className="button">
            Share…
          </Link>
        )}
        {!writing && (
          <button type="button" disabled={task.kind === "asked"} onClick={() => begin(row.path)}>
            Remove
          </button>
        )}
      </div>
      {writing && <p className="quiet below">It can be shared, renamed and removed when it has ended.</p>}
      {!writing && <Name row={row} changed={changed} moved={moved} />}
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="It was not removed" />}
    </>
  );
}

function Facts({ row }: { readonly row: LibraryRow }) {
  return (
    <dl className="facts">
      <dt>Python</dt>
      <dd>
        <Words text={[row.python ?? unknown, ...(row.build ?? [])].join(" · ")} max={120} />
      </dd>
      <dt>Length</dt>
      <dd>{duration(row.seconds)}</dd>
      <dt>Events</dt>
      <dd>
        {count(row.produced)}
        {row.dropped !== null && `, ${row.dropped === 0 ? "none" : count(row.dropped)} dropped`}
      </dd>
      <dt>Size</dt>
      <dd>
        <Size value={row.bytes} />
      </dd>
      {row.foreign && (
        <>
          <dt>From</dt>
          <dd>elsewhere: it is read in a process of its own, which can be killed</dd>
        </>
      )}
      <Sealed row={row} />
      <dt>File</dt>
      <dd>
        <Code text={row.path} max={300} />
      </dd>
    </dl>
  );
}

function Sealed({ row }: { readonly row: LibraryRow }) {
  const checked = useReadable(useApp().integrity.of(row));
  if (checked.kind !== "known") return null;
  const { outcome, why } = checked.verification;
  return (
    <>
      <dt>Seal</dt>
      <dd>
        {[integrityWords[outcome].about, ...why].map((text) => (
          <p key={text}>
            <Words text={text} />
          </p>
        ))}
      </dd>
    </>
  );
}
