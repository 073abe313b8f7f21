// The frame's own doings in, registered as commands, out: what can be done on every screen. Used by App.tsx.
import type { Settings } from "../../logic/settings.ts";
import { useApp } from "../../state/app-context.ts";
import { useCommands } from "../../state/use-commands.ts";
import { useChooseAppearance } from "../settings/use-choose-appearance.ts";

interface Given {
  /** Undefined where there is nothing to show. */
  readonly command: string | undefined;
  readonly showKeys: () => void;
  readonly showPalette: () => void;
}

export function useGeneralCommands({ command, showKeys, showPalette }: Given): void {
  const { said } = useApp();
  const choose = useChooseAppearance();
  const copy = (text: string, what: string) =>
    void navigator.clipboard.writeText(text).then(() => said.set(`${what} copied`));
  const look = (appearance: Settings["appearance"]) => () => choose(appearance);
  useCommands({
    "keys.show": showKeys,
    "palette.open": showPalette,
    "filter.focus": () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    "copy.link": () => copy(location.href, "Link"),
    "copy.command": command === undefined ? undefined : () => copy(command, "Command"),
    "appearance.system": look("system"),
    "appearance.light": look("light"),
    "appearance.dark": look("dark"),
    "appearance.contrast": look("contrast"),
  });
}
