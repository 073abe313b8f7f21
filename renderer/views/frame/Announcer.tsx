// The state of the present recording in, a spoken word when it changes out: never for each figure.
import { targetName } from "../../logic/recording.ts";
import { Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { usePresent } from "../../state/use-recording.ts";

export function Announcer({ path }: { readonly path: string | undefined }) {
  const { said } = useApp();
  const state = usePresent(path);
  const name = state?.target ? targetName(state.target) : "the process";
  const words = !state ? "" : state.ended ? `The recording ended: ${state.ended.cause}` : `${state.phase} ${name}`;
  return (
    <>
      <p className="heard" role="status">
        <Words text={words} />
      </p>
      <p className="heard" role="status">
        <Words text={useReadable(said)} />
      </p>
    </>
  );
}
