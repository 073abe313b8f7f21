// A recording and the marks that are compared in, the fields that choose among its marks out; nothing where it has none. Used by Pickers.tsx.
import { useId, useMemo } from "react";
import type { MarksOfTwo } from "../../logic/compared-route.ts";
import { visible } from "../../logic/escape.ts";
import type { CompareRoute } from "../../logic/evidence-route.ts";
import { axisTime } from "../../logic/format.ts";
import { known } from "../../logic/loadable.ts";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

interface Given {
  readonly side: keyof MarksOfTwo;
  readonly path: string;
  readonly route: CompareRoute;
  readonly change: (more: Partial<CompareRoute>) => void;
}

export function MarkPickers({ side, path, route, change }: Given) {
  const { bridge } = useApp();
  const marks = known(usePoll(useMemo(() => createPoll(bridge, "recording.marks", { path }), [bridge, path])))?.marks;
  const { [side]: to } = route.marks;
  const { [side]: from } = route.since;
  if (!marks?.length && to === undefined) return null;
  const options = (marks ?? []).map(({ name, at }) => ({ name, words: `${visible(name, 40)} · ${axisTime(at)}` }));
  const chooseTo = (name: string | undefined) =>
    change({
      per: "second",
      marks: { ...route.marks, [side]: name },
      since: name === undefined ? { ...route.since, [side]: undefined } : route.since,
    });
  const of = side.toUpperCase();
  return (
    <span className="row">
      <OneMark label={`Mark of ${of}`} none="all of it" {...{ options }} chosen={to} choose={chooseTo} />
      {to !== undefined && (
        <OneMark
          label={`Since, of ${of}`}
          none="what is live then"
          options={options.filter(({ name }) => name !== to)}
          chosen={from}
          choose={(name) => change({ since: { ...route.since, [side]: name } })}
        />
      )}
    </span>
  );
}

interface OneGiven {
  readonly label: string;
  readonly none: string;
  readonly options: readonly { readonly name: string; readonly words: string }[];
  readonly chosen: string | undefined;
  readonly choose: (name: string | undefined) => void;
}

/** Options are numbered: a name may have letters in it that are not seen. */
function OneMark({ label, none, options, chosen, choose }: OneGiven) {
  const id = useId();
  const isElsewhere = chosen !== undefined && !options.some(({ name }) => name === chosen);
  const all = isElsewhere ? [{ name: chosen, words: visible(chosen, 40) }, ...options] : options;
  return (
    <label htmlFor={id} className="quiet">
      {label}{" "}
      <select
        id={id}
        value={all.findIndex(({ name }) => name === chosen)}
        onChange={({ target }) => choose(all[Number(target.value)]?.name)}
      >
        <option value={-1}>{none}</option>
        {all.map(({ name, words }, at) => (
          <option key={name} value={at}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
