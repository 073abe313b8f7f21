// What a view can do in, registered while it is shown, out. Next: commands.ts.
import { useEffect, useRef } from "react";
import type { ActionId } from "../logic/commands.ts";
import { useApp } from "./app-context.ts";

/** While the view is shown. An undefined one cannot be done now. */
export function useCommands(runs: { readonly [Id in ActionId]?: (() => void) | undefined }): void {
  const { commands } = useApp();
  const latest = useRef(runs);
  useEffect(() => {
    latest.current = runs;
  });
  const ids = Object.entries(runs)
    .filter(([, run]) => run !== undefined)
    .map(([id]) => id)
    .join(" ");
  useEffect(() => {
    if (ids === "") return;
    const entries = ids
      .split(" ")
      .map((id) => [id, () => Object.entries(latest.current).find(([one]) => one === id)?.[1]?.()]);
    return commands.register(Object.fromEntries(entries));
  }, [commands, ids]);
}
