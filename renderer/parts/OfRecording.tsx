// The recording that a route names in, what its screen shows of it out: without a name the present one's; until that is known a skeleton.
import { Fragment, type ReactNode } from "react";
import { useApp } from "../state/app-context.ts";
import { useReadable } from "../state/use-poll.ts";
import { usePresent } from "../state/use-recording.ts";
import { NoRecording } from "./NoRecording.tsx";
import { Skeleton } from "./States.tsx";

interface Given {
  readonly asked: string | undefined;
  readonly children: (path: string) => ReactNode;
}

/** Another recording is another screen: nothing of the one before stays. */
export function OfRecording({ asked, children }: Given) {
  const present = usePresent(asked);
  const states = useReadable(useApp().states);
  const path = asked ?? present?.path;
  if (path !== undefined) return <Fragment key={path}>{children(path)}</Fragment>;
  return states.kind === "loading" ? <Skeleton /> : <NoRecording />;
}
