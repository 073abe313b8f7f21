// Nothing in, what can be set for this browser out: each takes effect at once and is kept. Next: the sections beside it.
import { usualSettings } from "../../logic/settings.ts";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { RemoteForm } from "../remote/RemoteForm.tsx";
import { Appearance } from "./Appearance.tsx";
import { Diagnostics } from "./Diagnostics.tsx";
import { KeySettings } from "./KeySettings.tsx";
import { RecordingSettings } from "./RecordingSettings.tsx";
import { ThisEngine } from "./ThisEngine.tsx";

export function Settings() {
  return (
    <>
      <h1>Settings</h1>
      <p className="quiet">They are kept in this browser alone, take effect at once, and are sent nowhere.</p>
      <div className="settings">
        <Appearance />
        <RecordingSettings />
        <KeySettings />
        <section className="card pad">
          <h2>Another machine’s engine</h2>
          <RemoteForm />
        </section>
        <ThisEngine />
        <Diagnostics />
        <Reset />
      </div>
    </>
  );
}

function Reset() {
  const { settings } = useApp();
  const isUsual = JSON.stringify(useReadable(settings)) === JSON.stringify(usualSettings);
  return (
    <div className="row">
      <button type="button" disabled={isUsual} onClick={() => settings.set(usualSettings)}>
        Set all back
      </button>
      <span className="faint" role="status">
        {isUsual ? "Everything is as it is at first." : "Some settings are your own."}
      </span>
    </div>
  );
}
