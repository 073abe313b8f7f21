// A process that passed its checks in, what to record of it and the button that begins out: as the settings have it, until something
// else is chosen here. Next: views/attaching.
import { useState } from "react";
import { bytes } from "../../logic/format.ts";
import { attaching, settings as toSettings } from "../../logic/routes.ts";
import { frameCounts, type RecordingDefaults, requestOf } from "../../logic/settings.ts";
import { Collect, type Kind } from "../../parts/Collect.tsx";
import { Link } from "../../parts/Link.tsx";
import { ProblemCard } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { useCommands } from "../../state/use-commands.ts";
import { useDiagnose } from "../../state/use-diagnose.ts";
import { go } from "../../state/use-route.ts";

export function RecordForm({ pid, possible }: { readonly pid: number; readonly possible: boolean }) {
  const { starts, settings } = useApp();
  const [defaults] = useState(() => settings.get().recording);
  const [frames, setFrames] = useState<number>(defaults.frames);
  const [collect, setCollect] = useState<readonly Kind[]>(defaults.collect);
  const [errorDetails, setErrorDetails] = useState(false);
  const isReady = possible && collect.length > 0;
  const record = () => {
    const details = errorDetails && collect.includes("errors") ? { errorDetails } : {};
    starts.begin({ pid, frames, collect: [...collect], ...requestOf(defaults, collect), ...details });
    go(attaching(pid));
  };
  const { task, begin } = useDiagnose();
  const diagnose = possible && task.kind !== "asked" ? () => begin({ pid }) : undefined;
  useCommands({ "recording.start": isReady ? record : undefined, "diagnosis.start": diagnose });
  return (
    <>
      <Collect collect={collect} change={setCollect} details={{ on: errorDetails, change: setErrorDetails }} />
      <div className="row">
        <button type="button" className="main" disabled={!isReady} onClick={record}>
          Record
        </button>
        <button
          type="button"
          disabled={!diagnose}
          title="Watches it for half a minute, then names what leaks"
          onClick={diagnose}
        >
          Diagnose
        </button>
        {collect.includes("lifecycle") && <Depth frames={frames} change={setFrames} />}
        {collect.length === 0 && <span className="faint">Choose what to record.</span>}
      </div>
      <Own defaults={defaults} />
      {task.kind === "failed" && <ProblemCard problem={task.problem} title="It was not diagnosed" />}
    </>
  );
}

/** What of the settings is otherwise than at first and not in the form. */
function Own({ defaults: { privacy, maxBytes } }: { readonly defaults: RecordingDefaults }) {
  const words = [privacy !== "standard" && `privacy ${privacy}`, maxBytes !== 0 && `at most ${bytes(maxBytes)}`];
  const said = words.filter(Boolean).join(", ");
  if (said === "") return null;
  return (
    <p className="faint">
      As in the <Link to={toSettings}>settings</Link>: {said}.
    </p>
  );
}

function Depth({ frames, change }: { readonly frames: number; readonly change: (frames: number) => void }) {
  return (
    <label className="check">
      keep
      <select value={frames} onChange={(event) => change(Number(event.target.value))}>
        {frameCounts.map((depth) => (
          <option key={depth} value={depth}>
            {depth === 1 ? "1 frame" : `${depth} frames`}
          </option>
        ))}
      </select>
      of each allocation
    </label>
  );
}
