// A way to ask for a ticket in, a button that takes the file along out. The ticket works once; a second press asks for another. In the desktop
// application nothing: its shell writes files where it is told to.
import { useState } from "react";
import type { Offer } from "../../shared/library.ts";
import { desktop } from "../bridge/desktop.ts";
import type { Answer, Problem } from "../logic/loadable.ts";
import { ProblemCard } from "./States.tsx";

interface Given {
  readonly label?: string;
  readonly main?: boolean;
  readonly ask: () => Promise<Answer<Offer>>;
}

export function Download({ label = "Download", main = false, ask }: Given) {
  const [state, setState] = useState<"idle" | "asked" | Problem>("idle");
  if (desktop()) return null;
  const take = async () => {
    setState("asked");
    const offered = await ask();
    setState(offered.ok ? "idle" : offered.problem);
    if (!offered.ok) return;
    const anchor = document.createElement("a");
    anchor.href = new URL(`download/${offered.value.ticket}`, location.href.replace(/#.*/, "")).href;
    anchor.download = offered.value.name;
    anchor.click();
  };
  return (
    <>
      <button
        type="button"
        className={main ? "main" : undefined}
        disabled={state === "asked"}
        onClick={() => void take()}
      >
        {state === "asked" ? "Making it…" : label}
      </button>
      {typeof state === "object" && <ProblemCard problem={state} title="It cannot be taken from here" />}
    </>
  );
}
