// A recording and a level in, the copy without what is private, where it is and how it is taken along, out.
import { useEffect, useRef, useState } from "react";
import { desktop } from "../../bridge/desktop.ts";
import { bytes } from "../../logic/format.ts";
import { plainFileName } from "../../logic/library.ts";
import type { Problem } from "../../logic/loadable.ts";
import { grows, recordings } from "../../logic/routes.ts";
import type { ShareRoute } from "../../logic/share-route.ts";
import { Copy } from "../../parts/Copy.tsx";
import { Link } from "../../parts/Link.tsx";
import { ProblemCard } from "../../parts/States.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useEngineUrl } from "../../state/use-engine-url.ts";
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
        <Download path={path} />
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

/** The ticket works once; a second press asks for another. In the desktop application only another machine's is taken along. */
function Download({ path }: { readonly path: string }) {
  const { bridge } = useApp();
  const url = useEngineUrl();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const take = async () => {
    const offered = await bridge.call("library.offer", { path });
    setProblem(offered.ok ? undefined : offered.problem);
    if (!offered.ok) return;
    const { ticket, name } = offered.value;
    const kept = await desktop()?.keepOffered(ticket, name);
    if (kept && !kept.ok) setProblem(kept.problem);
    if (kept) return;
    const anchor = document.createElement("a");
    anchor.href = new URL(`download/${ticket}`, location.href.replace(/#.*/, "")).href;
    anchor.download = name;
    anchor.click();
  };
  if (url === null) return null;
  return (
    <>
      <button type="button" className="main" onClick={() => void take()}>
        {url === undefined ? "Download" : "Keep on this machine"}
      </button>
      {problem && <ProblemCard problem={problem} title="It cannot be taken from here" />}
    </>
  );
}
