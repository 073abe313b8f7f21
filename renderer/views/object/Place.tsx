// Where a count was changed in, its Python frame and the calls in C with their lines out.
import type { HistoryEvent } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";
import { place } from "../../logic/finding.ts";
import { fileName } from "../../logic/recording.ts";
import { Scroll } from "../../parts/Scroll.tsx";
import { Source } from "../../parts/Source.tsx";
import { Stack } from "../../parts/Stack.tsx";
import { Code, Words } from "../../parts/Words.tsx";

interface Given {
  readonly path: string;
  readonly event: HistoryEvent;
}

export function Place({ path, event: { python, native } }: Given) {
  const known = native.find(({ file }) => file !== null);
  return (
    <div className="argument">
      <section>
        <h2>In C, innermost call first</h2>
        {native.length === 0 ? <p className="quiet">The calls in C could not be read.</p> : <Native frames={native} />}
        {known && known.file !== null && <Source path={path} frame={{ file: known.file, line: known.line }} />}
      </section>
      <section>
        <h2>In Python</h2>
        <Stack frames={python ? [python] : []} empty="No Python code ran on that thread." />
        <Source path={path} frame={python ?? undefined} />
      </section>
    </div>
  );
}

function Native({ frames }: { readonly frames: HistoryEvent["native"] }) {
  return (
    <Scroll className="stack" label="Native stack">
      <ol>
        {frames.map(({ module, function: name, file, line }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a function may stand in a stack many times, and a stack never changes
          <li key={at} className={at === 0 ? "at" : undefined}>
            {name === null ? <span className="quiet">a function without a symbol</span> : <Code text={name} max={60} />}
            <span className="quiet code" title={visible(file ?? module)}>
              <Words text={file === null ? fileName(module) : place(file, line)} max={60} />
            </span>
          </li>
        ))}
      </ol>
    </Scroll>
  );
}
