// Nothing in; in the desktop application where the engine is that is spoken to, null for this machine's, out. In a browser undefined: the address
// says it. Next: views/remote/Present.tsx, views/frame/LinkState.tsx, parts/Download.tsx.
import { useEffect, useState } from "react";
import { desktop } from "../bridge/desktop.ts";
import { useApp } from "./app-context.ts";
import { useReadable } from "./use-poll.ts";

export function useEngineUrl(): string | null | undefined {
  const shell = desktop();
  const link = useReadable(useApp().bridge.link);
  const [url, setUrl] = useState<string | null>(null);
  // Another link is another engine: it is asked for again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link is no input of it, its change is
  useEffect(() => {
    void shell?.engine().then((answer) => setUrl(answer.ok ? answer.value : null));
  }, [shell, link]);
  return shell && url;
}
