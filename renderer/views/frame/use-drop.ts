// Files dragged over the window in; whether they are, out, and when they are dropped they are opened, whatever screen is shown. In the desktop
// application its shell takes them, because a path never passes through the page, and says what became of them. Used by App.tsx.
import { useEffect, useState } from "react";
import { desktop, whenDropped } from "../../bridge/desktop.ts";
import { useApp } from "../../state/app-context.ts";

export function useDrop(): boolean {
  const { brought } = useApp();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const shell = desktop();
    const hold = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      // Otherwise the browser leaves the page for the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (shell || files.length === 0) return;
      event.preventDefault();
      void brought.take(files);
    };
    const stop = shell && whenDropped((left) => brought.tell(undefined, left));
    addEventListener("dragover", hold);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      stop?.();
      removeEventListener("dragover", hold);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [brought]);
  return over;
}
