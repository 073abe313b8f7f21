// What can be gone to and done now in; the palette's lines, the one that is chosen, and how it is done, out. Used by Palette.tsx.
import { type KeyboardEvent, useMemo, useState } from "react";
import { actionRows, screens } from "../../logic/commands.ts";
import { known } from "../../logic/loadable.ts";
import { type Command, linesOf } from "../../logic/palette.ts";
import { grows, processes } from "../../logic/routes.ts";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { go } from "../../state/use-route.ts";

const pageLines = 8;

export function usePalette(path: string | undefined, shut: () => void) {
  const { commands } = useApp();
  const [typed, setTyped] = useState("");
  const [chosen, choose] = useState(0);
  const recent = useReadable(commands.recent);
  const all = useAll(path);
  const lines = useMemo(() => linesOf(all, recent, typed), [all, recent, typed]);
  const at = Math.min(chosen, Math.max(0, lines.length - 1));
  const take = (command: Command) => {
    shut();
    commands.did(command.id);
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[at];
    if (event.key === "Enter" && line) {
      event.preventDefault();
      return take(line.command);
    }
    if (event.key === "Escape") {
      event.preventDefault();
      return shut();
    }
    const to = stepped(event.key, at, lines.length);
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  };
  const type = (text: string) => {
    setTyped(text);
    choose(0);
  };
  return { typed, type, lines, at, onKeyDown, take };
}

/** From one end to the other, and round. */
function stepped(key: string, at: number, lines: number): number | undefined {
  if (lines === 0) return undefined;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % lines,
    ArrowUp: (at + lines - 1) % lines,
    PageDown: Math.min(lines - 1, at + pageLines),
    PageUp: Math.max(0, at - pageLines),
  };
  return steps[key];
}

function useAll(path: string | undefined): readonly Command[] {
  const { commands } = useApp();
  const runs = useReadable(commands.now);
  const objects = useObjects();
  return useMemo(() => {
    const going = screens.map(({ id, name, about, keys, to }) => ({
      ...{ id, name: about ?? name, keys, group: "Screen" },
      run: () => go(to(path)),
    }));
    const acting = actionRows.flatMap(({ id, name, ...row }) => {
      const run = runs[id];
      // Who sees the palette has opened it.
      return run && id !== "palette.open"
        ? [{ id, name, run, keys: "keys" in row ? row.keys : undefined, group: "Do" }]
        : [];
    });
    return [...going, ...acting, ...objects];
  }, [path, runs, objects]);
}

/** Recordings and processes, as they are when it is opened. */
function useObjects(): readonly Command[] {
  const { bridge } = useApp();
  const sessions = known(usePoll(useMemo(() => createPoll(bridge, "sessions.list", {}), [bridge])));
  const running = known(usePoll(useMemo(() => createPoll(bridge, "processes.list", {}), [bridge])));
  return useMemo(
    () => [
      ...(running?.processes ?? []).map(({ pid, name, command }) => ({
        ...{ id: `process:${pid}`, name: `${name} ${pid}`, detail: command, group: "Process" },
        run: () => go({ ...processes, pid }),
      })),
      ...(sessions?.sessions ?? []).map(({ path, name, target }) => ({
        ...{ id: `recording:${path}`, name, detail: target ?? undefined, group: "Recording" },
        run: () => go(grows(path)),
      })),
    ],
    [running, sessions],
  );
}
