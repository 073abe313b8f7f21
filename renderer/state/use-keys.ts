// Keys pressed outside of fields in, what they mean out: "g" then a letter goes, others act. Next: views/App.tsx.
import { useEffect } from "react";
import { useApp } from "./app-context.ts";

export type Keys = Readonly<Record<string, () => void>>;

const sequenceMs = 1500;

/** A name of two letters, "g p", is a sequence. */
export function useKeys(keys: Keys): void {
  const { settings } = useApp();
  useEffect(() => {
    let before: { readonly key: string; readonly at: number } | undefined;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !settings.get().characterKeys) return;
      const sequence = before && event.timeStamp - before.at < sequenceMs ? `${before.key} ${event.key}` : event.key;
      before = { key: event.key, at: event.timeStamp };
      const act = keys[sequence] ?? keys[event.key];
      if (!act) return;
      event.preventDefault();
      // A key that is held down is pressed once.
      if (!event.repeat) act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [keys, settings]);
}

/** Together with Ctrl or Cmd, wherever the focus is: no single character, so it stays when these are switched off. */
export function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const letter = event.key.toLowerCase();
      const isMeant = event.shiftKey ? letter === "p" : letter === "k";
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !isMeant) return;
      event.preventDefault();
      open();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [open]);
}

/** A field takes every key, a button takes Space. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog[open]") || target.matches("input, select, textarea")) return true;
  return event.key === " " && target.matches("button, summary");
}
