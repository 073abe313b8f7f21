// Something that is asked of the engine once in, a way to ask it and how that stands out. Next: views/start, views/snapshot.
import { useEffect, useRef, useState } from "react";
import type { Answer, Problem } from "../logic/loadable.ts";

export type Task<T> =
  | { readonly kind: "idle" }
  | { readonly kind: "asked" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "done"; readonly value: T };

/** `then` is told of the value, unless the screen has been left meanwhile. */
export function useTask<A, T>(
  run: (asked: A) => Promise<Answer<T>>,
  then: (value: T) => void,
): { readonly task: Task<T>; readonly begin: (asked: A) => void } {
  const [task, setTask] = useState<Task<T>>({ kind: "idle" });
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  const begin = async (asked: A) => {
    setTask({ kind: "asked" });
    const answer = await run(asked);
    if (!shown.current) return;
    setTask(answer.ok ? { kind: "done", value: answer.value } : { kind: "failed", problem: answer.problem });
    if (answer.ok) then(answer.value);
  };
  return { task, begin: (asked) => void begin(asked) };
}
