// Nothing in, the way to choose what the page looks like out: kept, and told to the desktop's shell where there is one.
import { desktop } from "../../bridge/desktop.ts";
import type { Settings } from "../../logic/settings.ts";
import { useApp } from "../../state/app-context.ts";

export function useChooseAppearance(): (appearance: Settings["appearance"]) => void {
  const { settings } = useApp();
  return (appearance) => {
    settings.set({ ...settings.get(), appearance });
    void desktop()?.chooseTheme(appearance === "contrast" ? "system" : appearance);
  };
}
