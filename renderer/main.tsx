// Nothing in, the page out: one bridge, one poll of the recordings' states, one tree of views. Next: views/App.tsx.
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./look/tokens.css";
import "./look/base.css";
import "./look/frame.css";
import "./look/parts.css";
import "./look/table.css";
import "./look/screens.css";
import "./look/tracks.css";
import "./look/heap.css";
import "./look/suspects.css";
import "./look/marks.css";
import "./look/controls.css";
import "./look/flame.css";
import "./look/library.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { RecordingState } from "../shared/rpc-contract.ts";
import { desktop } from "./bridge/desktop.ts";
import { openBridge } from "./bridge.ts";
import { AppContext } from "./state/app-context.ts";
import { createBrought } from "./state/brought.ts";
import { createCell } from "./state/cell.ts";
import { createCommands } from "./state/commands.ts";
import { createIntegrity } from "./state/integrity.ts";
import { createMarkBook } from "./state/marks.ts";
import { createPoll } from "./state/poll.ts";
import { createSettings, wear } from "./state/settings.ts";
import { createStarts } from "./state/starts.ts";
import { createTurns } from "./state/turns.ts";
import { App } from "./views/App.tsx";

const settings = createSettings();
wear(settings, desktop() !== undefined);
const bridge = openBridge();
const parts = {
  bridge,
  states: createPoll(bridge, "recording.states", {}),
  starts: createStarts(bridge),
  marks: createMarkBook(bridge),
  settings,
  commands: createCommands(),
  diagnosed: createCell<string | undefined>(undefined),
  frozen: createCell<RecordingState | undefined>(undefined),
  said: createCell(""),
  brought: createBrought(bridge),
  integrity: createIntegrity(bridge),
  turns: createTurns(),
};
const root = document.getElementById("root");
if (!root) throw new Error("index.html without #root");
createRoot(root).render(
  <StrictMode>
    <AppContext value={parts}>
      <App />
    </AppContext>
  </StrictMode>,
);
