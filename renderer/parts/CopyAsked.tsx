// A way to ask for a text in, a button that asks for it when it is pressed, and copies it, out.
import { useEffect, useState } from "react";
import type { Answer } from "../logic/loadable.ts";

const saidMs = 1600;

interface Given {
  readonly label: string;
  readonly ask: () => Promise<Answer<string>>;
}

export function CopyAsked({ label, ask }: Given) {
  const [state, setState] = useState<"idle" | "asked" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state !== "copied" && state !== "failed") return;
    const timer = setTimeout(() => setState("idle"), saidMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    setState("asked");
    const answer = await ask();
    if (!answer.ok) return setState("failed");
    await navigator.clipboard.writeText(answer.value);
    setState("copied");
  };
  const words = { idle: label, asked: label, copied: "Copied ✓", failed: "Could not be made" };
  return (
    <button type="button" disabled={state === "asked"} onClick={() => void copy()}>
      {words[state]}
    </button>
  );
}
