// The link to the engine and the present recording in, the foot out: health, rate, file, room left.
import { bytes, duration, rate } from "../../logic/format.ts";
import { type Health, healthOf } from "../../logic/frame-words.ts";
import { fromState } from "../../logic/recording.ts";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { usePresent } from "../../state/use-recording.ts";

const linkWords = {
  connecting: "connecting to the engine",
  open: "engine connected",
  lost: "engine lost, reconnecting",
  locked: "not signed in",
} as const;

interface Given {
  readonly path: string | undefined;
  readonly showKeys: () => void;
  readonly showPalette: () => void;
}

const Agent = ({ health }: { readonly health: Health | undefined }) =>
  health && (
    <span className={health.isWell ? undefined : "tag"} data-meaning={health.isWell ? undefined : "held"}>
      {health.isWell ? "" : "⚠ "}
      {health.words}
    </span>
  );

export function Foot({ path, showKeys, showPalette }: Given) {
  const link = useReadable(useApp().bridge.link);
  const state = usePresent(path);
  const view = state && fromState(state);
  return (
    <footer className="foot">
      <span>{linkWords[link]}</span>
      {state && <Agent health={healthOf(state)} />}
      {view?.rate !== undefined && <span>{rate(view.rate)} events · aggregated in the target</span>}
      {view && (
        <span>
          <Words text={view.name} max={60} /> {bytes(view.bytes)}
          {view.roomSeconds !== undefined && ` · room for ${duration(view.roomSeconds)}`}
        </span>
      )}
      <span className="grow" />
      <button type="button" onClick={showPalette}>
        Ctrl K commands
      </button>
      <button type="button" onClick={showKeys}>
        ? keys
      </button>
    </footer>
  );
}
