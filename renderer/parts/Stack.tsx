// Frames in, the stack out, its innermost line marked.
import type { Frame } from "../../shared/documents.ts";
import { visible } from "../logic/escape.ts";
import { place } from "../logic/finding.ts";
import { Scroll } from "./Scroll.tsx";
import { Code, Words } from "./Words.tsx";

interface Given {
  readonly frames: readonly Frame[];
  /** Said where there is no frame. */
  readonly empty: string;
}

export function Stack({ frames, empty }: Given) {
  if (frames.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <Scroll className="stack" label="Stack">
      <ol>
        {frames.map((frame, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a function may stand in a stack many times, and a stack never changes
          <li key={at} className={at === 0 ? "at" : undefined}>
            <Code text={frame.function} max={60} />
            <span className="quiet code" title={visible(frame.file)}>
              <Words text={place(frame.file, frame.line)} max={60} />
            </span>
          </li>
        ))}
      </ol>
    </Scroll>
  );
}
