// A way to ask for a ticket in, a button that takes the file along out. The ticket works once; a second press asks for another. In the desktop
// application only another machine's file is taken along: what is on this one its shell writes where it is told to.
import { useState } from "react";
import type { Offer } from "../../shared/library.ts";
import { desktop } from "../bridge/desktop.ts";
import type { Answer, Problem } from "../logic/loadable.ts";
import { useEngineUrl } from "../state/use-engine-url.ts";
import { ProblemCard } from "./States.tsx";

interface Given {
  readonly label?: string;
  readonly main?: boolean;
  readonly ask: () => Promise<Answer<Offer>>;
}

export function Download({ label = "Download", main = false, ask }: Given) {
  const [state, setState] = useState<"idle" | "asked" | Problem>("idle");
  const url = useEngineUrl();
  if (url === null) return null;
  const take = async () => {
    setState("asked");
    const offered = await ask();
    const kept = offered.ok ? await desktop()?.keepOffered(offered.value.ticket, offered.value.name) : offered;
    setState(kept && !kept.ok ? kept.problem : "idle");
    if (offered.ok && !kept) download(offered.value);
  };
  return (
    <>
      <button
        type="button"
        className={main ? "main" : undefined}
        disabled={state === "asked"}
        onClick={() => void take()}
      >
        {state === "asked" ? "Making it…" : url === undefined ? label : "Keep on this machine"}
      </button>
      {typeof state === "object" && <ProblemCard problem={state} title="It cannot be taken from here" />}
    </>
  );
}

function download({ ticket, name }: Offer): void {
  const anchor = document.createElement("a");
  anchor.href = new URL(`download/${ticket}`, location.href.replace(/#.*/, "")).href;
  anchor.download = name;
  anchor.click();
}
