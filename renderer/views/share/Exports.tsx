// A recording and a level in, the same for another tool or to be read, without what is private, to take along, out.
import { useId, useState } from "react";
import { type TakenFormat, takenFormats } from "../../../shared/export-formats.ts";
import { desktop } from "../../bridge/desktop.ts";
import type { ShareRoute } from "../../logic/share-route.ts";
import { takenWords } from "../../logic/sharing.ts";
import { Download } from "../../parts/Download.tsx";
import { useApp } from "../../state/app-context.ts";

interface Given {
  readonly path: string;
  readonly level: ShareRoute["level"];
}

export function Exports({ path, level }: Given) {
  const { bridge } = useApp();
  const id = useId();
  const [format, setFormat] = useState<TakenFormat>("html");
  if (desktop())
    return (
      <p className="quiet below">
        For another tool: File ► Export writes a recording as it is, with all that is in it.
      </p>
    );
  return (
    <div className="row below">
      <label htmlFor={id}>For another tool</label>
      <select
        id={id}
        value={format}
        onChange={({ target }) => setFormat(takenFormats.find((one) => one === target.value) ?? format)}
      >
        {takenFormats.map((one) => (
          <option key={one} value={one}>
            {takenWords[one]}
          </option>
        ))}
      </select>
      <Download label="Export" ask={() => bridge.call("recording.export", { path, format, level })} />
      <span className="quiet">At the same level.</span>
    </div>
  );
}
