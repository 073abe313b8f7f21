// What to watch, where that is known, in; how to have objects followed, and the form that does it, out. Next: views/object.
import { useId, useState } from "react";
import { object } from "../../logic/routes.ts";
import { isSite, watchOf } from "../../logic/start.ts";
import { Empty } from "../../parts/States.tsx";
import { StartRecording } from "./StartRecording.tsx";

const counts = [4, 16, 64];
const usualCount = 16;

interface Given {
  /** Filled in already: an address or a site, and the process. */
  readonly watch?: string | undefined;
  readonly pid?: number | undefined;
}

export function StartWatch({ watch = "", pid }: Given) {
  const [text, setText] = useState(watch);
  const [objects, setObjects] = useState(usualCount);
  return (
    <Empty title="A watch follows every change of an object's reference count">
      <p className="quiet">
        Of up to four objects by their addresses, or of the next ones made at a line or in a function. The same on the
        command line: <code>refscope watch PID 0x…</code>, <code>--sample SITE</code>.
      </p>
      <StartRecording name="Watch" pid={pid} action="Start the watch" what={watchOf(text, objects)} to={object}>
        {() => (
          <>
            <ObjectField text={text} change={setText} />
            {isSite(text) && <CountField objects={objects} change={setObjects} />}
          </>
        )}
      </StartRecording>
    </Empty>
  );
}

interface ObjectGiven {
  readonly text: string;
  readonly change: (text: string) => void;
}

function ObjectField({ text, change }: ObjectGiven) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Address or site</label>
      <div>
        <input
          type="text"
          id={id}
          aria-describedby={`${id}-about`}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(event.target.value)}
        />
        <p id={`${id}-about`} className="faint">
          What <code>hex(id(object))</code> says there, or <code>app.py:12</code>, <code>handler</code>,{" "}
          <code>type:dict</code>, <code>dict@app.py:12</code>.
        </p>
      </div>
    </>
  );
}

interface CountGiven {
  readonly objects: number;
  readonly change: (objects: number) => void;
}

function CountField({ objects, change }: CountGiven) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>How many objects</label>
      <select id={id} value={objects} onChange={(event) => change(Number(event.target.value))}>
        {counts.map((count) => (
          <option key={count} value={count}>
            {count}
          </option>
        ))}
      </select>
    </>
  );
}
