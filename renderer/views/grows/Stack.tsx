// Frames in, the stack out, the line that allocates marked.
import type { Frame } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";
import { place } from "../../logic/finding.ts";
import { Scroll } from "../../parts/Scroll.tsx";
import { Code, Words } from "../../parts/Words.tsx";

export function Stack({ frames }: { readonly frames: readonly Frame[] }) {
  if (frames.length === 0)
    return <p className="quiet">No Python frame was running: the memory was taken by C code on its own thread.</p>;
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
