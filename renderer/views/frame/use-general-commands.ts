// The frame's own doings in, registered as commands, out: what can be done on every screen. Used by App.tsx.
import type { Settings } from "../../logic/settings.ts";
import { useApp } from "../../state/app-context.ts";
import { useCommand } from "../../state/use-command.ts";
import { useCommands } from "../../state/use-commands.ts";
import { useChooseAppearance } from "../settings/use-choose-appearance.ts";

interface Given {
  readonly showKeys: () => void;
  readonly showPalette: () => void;
}

export function useGeneralCommands({ showKeys, showPalette }: Given): void {
  const { said } = useApp();
  const choose = useChooseAppearance();
  const line = useCommand();
  const copy = (text: string, what: string) =>
    void navigator.clipboard.writeText(text).then(() => said.set(`${what} copied`));
  const look = (appearance: Settings["appearance"]) => () => choose(appearance);
  useCommands({
    "keys.show": showKeys,
    "palette.open": showPalette,
    "filter.focus": () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    "copy.link": () => copy(location.href, "Link"),
    "copy.command": line === undefined ? undefined : () => copy(line, "Command"),
    "appearance.system": look("system"),
    "appearance.light": look("light"),
    "appearance.dark": look("dark"),
    "appearance.contrast": look("contrast"),
  });
}
