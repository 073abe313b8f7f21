// What a chart shall draw in, what it draws now out: the newest whose turn has come, and nothing before the first. Next: parts/Charts.tsx.
import { startTransition, useEffect, useState } from "react";
import { useApp } from "./app-context.ts";

export function useTurn<T extends object>(wanted: T): T | undefined {
  const { turns } = useApp();
  const [drawn, draw] = useState<T>();
  useEffect(() => turns.next(() => startTransition(() => draw(wanted))), [turns, wanted]);
  return drawn;
}
