// A recording and a level in, the copy without what is private, where it is and how it is taken along, out.
import { useEffect, useRef } from "react";
import { bytes } from "../../logic/format.ts";
import { plainFileName } from "../../logic/library.ts";
import { grows, recordings } from "../../logic/routes.ts";
import type { ShareRoute } from "../../logic/share-route.ts";
import { Copy } from "../../parts/Copy.tsx";
import { Download } from "../../parts/Download.tsx";
import { Link } from "../../parts/Link.tsx";
import { ProblemCard } from "../../parts/States.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useTask } from "../../state/use-task.ts";

interface Given {
  readonly path: string;
  readonly level: ShareRoute["level"];
}

export function WriteCopy({ path, level }: Given) {
  const { bridge } = useApp();
  const { task, begin } = useTask(
    () => bridge.call("recording.redact", { path, level, write: true }),
    () => {},
  );
  if (task.kind === "done" && task.value.out !== null) return <Written path={task.value.out} size={task.value.bytes} />;
  return (
    <>
      <div className="row">
        <button type="button" className="main" disabled={task.kind === "asked"} onClick={() => begin(undefined)}>
          {task.kind === "asked" ? "Writing…" : "Write the copy"}
        </button>
        <span className="quiet">It goes into your library, under a name of its own.</span>
      </div>
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="The copy was not written" />}
    </>
  );
}

function Written({ path, size }: { readonly path: string; readonly size: number | null }) {
  const { bridge } = useApp();
  const ready = useRef<HTMLHeadingElement>(null);
  useEffect(() => ready.current?.focus(), []);
  return (
    <section className="card pad" aria-label="The copy">
      <h2 ref={ready} tabIndex={-1}>
        ✓ Written: <Words text={plainFileName(path)} max={80} />, {bytes(size)}
      </h2>
      <p className="quiet">
        <Code text={path} max={300} />
      </p>
      <div className="row below">
        <Download main ask={() => bridge.call("library.offer", { path })} />
        <Copy label="Copy path" text={path} />
        <Link to={grows(path)} className="button">
          Look at it
        </Link>
        <Link to={recordings} className="button">
          Recordings
        </Link>
      </div>
    </section>
  );
}
