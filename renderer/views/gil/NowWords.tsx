// What a thread does now in, a glyph and a word out; nothing when the recording does not go on.
import type { GilNow } from "../../../shared/gil-views.ts";
import { duration } from "../../logic/format.ts";

const glyphs = { holding: "●", waiting: "◌", released: "" } as const;

export function NowWords({ state }: { readonly state: GilNow["threads"][number] | undefined }) {
  if (!state || state.state === "released") return null;
  const since = state.sinceMs === null ? "" : ` ${duration(state.sinceMs / 1000)}`;
  return (
    <span className="now" data-state={state.state} title={`${state.state}${since}`}>
      <span aria-hidden="true">{glyphs[state.state]}</span>
      <span className="heard">{state.state}</span>
      {since}
    </span>
  );
}
