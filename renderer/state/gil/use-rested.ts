// A value that changes with every frame in, the same once it has rested out: tables and addresses need not run along.
import { useEffect, useState } from "react";
import type { Readable } from "../cell.ts";

const restMs = 250;

export function useRested<T>(readable: Readable<T>): T {
  const [rested, setRested] = useState(readable.get());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setRested(() => readable.get()), restMs);
    };
    later();
    const stop = readable.subscribe(later);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [readable]);
  return rested;
}
