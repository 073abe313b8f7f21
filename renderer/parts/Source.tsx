// A recording and a frame in, the lines around it that the recording keeps out; nothing where it keeps none. No file is opened for it.
import { useMemo } from "react";
import type { Frame } from "../../shared/documents.ts";
import type { SourceAround } from "../../shared/source-lines.ts";
import { visible } from "../logic/escape.ts";
import { place } from "../logic/finding.ts";
import { known } from "../logic/loadable.ts";
import { useApp } from "../state/app-context.ts";
import { createPoll } from "../state/poll.ts";
import { usePoll } from "../state/use-poll.ts";
import { Scroll } from "./Scroll.tsx";
import { Words } from "./Words.tsx";

interface Given {
  readonly path: string;
  readonly frame: Pick<Frame, "file" | "line"> | undefined;
}

export function Source({ path, frame }: Given) {
  if (!frame || frame.line === null || frame.line < 1) return null;
  return <Asked key={`${path} ${frame.file}`} path={path} file={frame.file} line={frame.line} />;
}

function Asked({ path, file, line }: { readonly path: string; readonly file: string; readonly line: number }) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.source", { path, file, line }), [bridge, path, file, line]);
  const source = known(usePoll(poll));
  return source ? <Lines source={source} /> : null;
}

const shownDigits = 12;

function Lines({ source: { file, line, hash, lines } }: { readonly source: SourceAround }) {
  return (
    <figure className="source" aria-label={`Source of ${visible(place(file, line), 80)}`}>
      <Scroll className="stack" label={`Lines of ${visible(place(file, line), 80)}`}>
        <ol>
          {lines.map((one) => (
            <li key={one.line} className={one.line === line ? "at" : undefined}>
              <span className="faint source-line">
                {one.line === line && <span className="heard">this line: </span>}
                {one.line}
              </span>
              <code>
                <Words text={one.text.replaceAll("\t", "    ")} />
              </code>
            </li>
          ))}
        </ol>
      </Scroll>
      <figcaption className="faint">
        As it was when it was recorded: SHA-256 <code>{visible(hash.slice(0, shownDigits))}…</code>
      </figcaption>
    </figure>
  );
}
