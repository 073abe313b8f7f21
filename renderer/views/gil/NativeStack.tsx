// Native frames in, the C stack out; nothing where there is none.
import type { NativeFrame } from "../../../shared/gil-document.ts";
import { fileName } from "../../logic/recording.ts";
import { Scroll } from "../../parts/Scroll.tsx";
import { Code, Words } from "../../parts/Words.tsx";

export function NativeStack({ frames }: { readonly frames: readonly NativeFrame[] }) {
  if (frames.length === 0) return null;
  return (
    <>
      <h2 className="below">In C, innermost call first</h2>
      <Scroll className="stack" label="Native stack">
        <ol>
          {frames.map((frame, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a function may stand in a stack many times, and a stack never changes
            <li key={at}>
              {frame.function === null ? (
                <span className="quiet">a function without a symbol</span>
              ) : (
                <Code text={frame.function} max={60} />
              )}
              <span className="quiet code">
                <Words text={fileName(frame.module)} max={40} />
              </span>
            </li>
          ))}
        </ol>
      </Scroll>
    </>
  );
}
