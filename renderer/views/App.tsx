// The route in, the frame with its screen out. Next: views/frame, Screen.tsx.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { desktop } from "../bridge/desktop.ts";
import { actionRows, screens } from "../logic/commands.ts";
import { isLive } from "../logic/recording.ts";
import { useApp } from "../state/app-context.ts";
import type { Runs } from "../state/commands.ts";
import { useCommand } from "../state/use-command.ts";
import { type Keys, useKeys, usePaletteKey } from "../state/use-keys.ts";
import { useMarkCommand } from "../state/use-marks.ts";
import { usePace, useReadable } from "../state/use-poll.ts";
import { usePresent, useShown } from "../state/use-recording.ts";
import { go, useRoute } from "../state/use-route.ts";
import { Announcer } from "./frame/Announcer.tsx";
import { Bar } from "./frame/Bar.tsx";
import { Brought } from "./frame/Brought.tsx";
import { Foot } from "./frame/Foot.tsx";
import { FrozenNote } from "./frame/FreezeButton.tsx";
import { KeySheet } from "./frame/KeySheet.tsx";
import { LinkState } from "./frame/LinkState.tsx";
import { Palette } from "./frame/Palette.tsx";
import { Rail } from "./frame/Rail.tsx";
import { useDrop } from "./frame/use-drop.ts";
import { useGeneralCommands } from "./frame/use-general-commands.ts";
import { Screen } from "./Screen.tsx";

const paceMs = { live: 500, idle: 2000 } as const;

export function App() {
  const route = useRoute();
  const path = "path" in route ? route.path : undefined;
  const state = usePresent(path);
  const shown = useShown(path);
  useEffect(() => void desktop()?.showing(shown ?? null), [shown]);
  const { states, commands } = useApp();
  usePace(states, route.screen === "attaching" || (state && isLive(state)) ? paceMs.live : paceMs.idle);
  const sheet = useRef<HTMLDialogElement>(null);
  const palette = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const showKeys = useCallback(() => sheet.current?.showModal(), []);
  const showPalette = useCallback(() => {
    palette.current?.close();
    setOpen(palette.current === null);
  }, []);
  const command = useCommand();
  useGeneralCommands({ command, showKeys, showPalette });
  useMarkCommand(path);
  const isOver = useDrop();
  usePaletteKey(showPalette);
  const runs = useReadable(commands.now);
  useKeys(useMemo(() => keysOf(path, runs), [path, runs]));
  return (
    <div className="app">
      <Bar path={path} command={command} />
      <Rail route={route} path={path} />
      <main className="screen" data-over={isOver || undefined}>
        <Brought />
        <FrozenNote state={state} />
        <LinkState>
          <Screen route={route} />
        </LinkState>
      </main>
      <Foot path={path} showKeys={showKeys} showPalette={showPalette} />
      <KeySheet ref={sheet} />
      {isOpen && <Palette ref={palette} path={path} closed={() => setOpen(false)} />}
      <Announcer path={path} />
    </div>
  );
}

/** Of the tables; a screen that listens itself is left alone. */
function keysOf(path: string | undefined, runs: Runs): Keys {
  const going = screens.map(({ keys, to }) => [keys, () => go(to(path))] as const);
  const acting = actionRows.flatMap(({ id, keys, own }) => {
    const run = runs[id];
    return keys === undefined || own || !run ? [] : pressed(keys).map((key) => [key, run] as const);
  });
  return Object.fromEntries([...going, ...acting]);
}

/** A letter with Shift or Caps Lock is that letter. */
const pressed = (keys: string): readonly string[] => (keys === "Space" ? [" "] : [keys.toLowerCase(), keys]);
