// The present recording and the command for what is shown in, the buttons of the top bar out: mark, freeze, copy, stop.
import { visible } from "../../logic/escape.ts";
import { isLive } from "../../logic/recording.ts";
import { suspects } from "../../logic/routes.ts";
import { Copy } from "../../parts/Copy.tsx";
import { Link } from "../../parts/Link.tsx";
import { usePresent } from "../../state/use-recording.ts";
import { FreezeButton } from "./FreezeButton.tsx";
import { MarkButton, MarkSaid } from "./MarkButton.tsx";
import { StopButton } from "./StopButton.tsx";

interface Given {
  readonly path: string | undefined;
  readonly command: string | undefined;
}

export function Doings({ path, command }: Given) {
  const state = usePresent(path);
  return (
    <div className="doings">
      <MarkSaid path={path ?? state?.path} />
      {state?.phase === "recording" && isLive(state) && <MarkButton path={state.path} />}
      <FreezeButton state={state} />
      {command !== undefined && <Copy label="Copy command" text={command} about={visible(command)} />}
      {state && isLive(state) && <StopButton path={state.path} />}
      <Link to={suspects(path)} className="button main">
        Diagnose
      </Link>
    </div>
  );
}
