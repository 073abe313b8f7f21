// Two recordings in, both in one flame graph out: the same place is the same frame. Used by Compare.tsx.
import { useMemo } from "react";
import { type Width, widths } from "../../logic/compared-route.ts";
import type { CompareRoute } from "../../logic/evidence-route.ts";
import { Empty, Loaded, Note } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { go } from "../../state/use-route.ts";
import { Stacks } from "../flame/Stacks.tsx";
import { EitherSource } from "./EitherSource.tsx";

interface Given {
  readonly two: { readonly a: string; readonly b: string };
  readonly route: CompareRoute;
  readonly change: (more: Partial<CompareRoute>) => void;
}
const widthWords = { b: "Wide as in B", a: "Wide as in A", delta: "Wide as the difference" } as const satisfies Record<
  Width,
  string
>;

export function Diff({ two: { a, b }, route, change }: Given) {
  const { bridge } = useApp();
  const { measure, width } = route;
  const poll = useMemo(() => createPoll(bridge, "comparison.flame", { a, b, measure }), [bridge, a, b, measure]);
  const tools = (
    <div className="tools">
      <fieldset className="tabs" aria-label="Width of a frame">
        {widths.map((name) => (
          <button key={name} type="button" aria-pressed={width === name} onClick={() => change({ width: name })}>
            {widthWords[name]}
          </button>
        ))}
      </fieldset>
    </div>
  );
  return (
    <Loaded loadable={usePoll(poll)}>
      {(flame) =>
        flame.deepest === 0 ? (
          <Empty title="Neither has stacks">
            <p className="quiet">
              They did not follow objects. Record both with <code>refscope record PID --frames 16</code>.
            </p>
          </Empty>
        ) : (
          <>
            {flame.deepest === 1 && (
              <Note
                title="Recorded without stacks"
                text="Each place stands alone. Record both with more frames: refscope record PID --frames 16"
              />
            )}
            <Stacks
              flame={flame}
              view={route}
              change={change}
              step={(more) => go({ ...route, ...more })}
              width={width}
              tools={tools}
              source={({ file }, line) => <EitherSource a={a} b={b} file={file} line={line} />}
            />
          </>
        )
      }
    </Loaded>
  );
}
