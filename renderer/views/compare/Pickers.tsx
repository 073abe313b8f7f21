// The recordings of this machine and the two that are compared in, the fields that choose them out. Used by Compare.tsx.
import { type ReactNode, useId, useMemo } from "react";
import type { SessionRow } from "../../../shared/documents.ts";
import type { MarksOfTwo } from "../../logic/compared-route.ts";
import { visible } from "../../logic/escape.ts";
import type { CompareRoute } from "../../logic/evidence-route.ts";
import { duration, when } from "../../logic/format.ts";
import { known } from "../../logic/loadable.ts";
import { fileName } from "../../logic/recording.ts";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { MarkPickers } from "./MarkPickers.tsx";

const everyMs = 5000;

interface Given {
  readonly route: CompareRoute;
  readonly change: (more: Partial<CompareRoute>) => void;
}

export function useSessions(): readonly SessionRow[] | undefined {
  const { bridge } = useApp();
  const list = usePoll(
    useMemo(() => createPoll(bridge, "sessions.list", {}), [bridge]),
    everyMs,
  );
  return known(list)?.sessions;
}

export function Pickers({ route, change, sessions }: Given & { readonly sessions: readonly SessionRow[] }) {
  const marksOf = (side: "a" | "b") => {
    const { [side]: path } = route;
    return path !== undefined && <MarkPickers key={path} {...{ side, path, route, change }} />;
  };
  const without = (side: "a" | "b") => ({
    marks: { ...route.marks, [side]: undefined },
    since: { ...route.since, [side]: undefined },
  });
  return (
    <div className="tools compared">
      <Picker name="A" about="before" sessions={sessions} path={route.a} choose={(a) => change({ a, ...without("a") })}>
        {marksOf("a")}
      </Picker>
      <button
        type="button"
        aria-label="Swap A and B"
        disabled={route.a === undefined && route.b === undefined}
        onClick={() => change({ a: route.b, b: route.a, marks: swapped(route.marks), since: swapped(route.since) })}
      >
        ⇄
      </button>
      <Picker name="B" about="after" sessions={sessions} path={route.b} choose={(b) => change({ b, ...without("b") })}>
        {marksOf("b")}
      </Picker>
    </div>
  );
}

const swapped = ({ a, b }: MarksOfTwo): MarksOfTwo => ({ a: b, b: a });

interface PickerGiven {
  readonly name: string;
  readonly about: string;
  readonly sessions: readonly SessionRow[];
  readonly path: string | undefined;
  readonly choose: (path: string | undefined) => void;
  /** More of it to choose. */
  readonly children: ReactNode;
}

/** Options are numbered: a path may have letters in it that are not seen. */
function Picker({ name, about, sessions, path, choose, children }: PickerGiven) {
  const id = useId();
  const readable = sessions.filter(({ status }) => status !== "unreadable");
  const isElsewhere = path !== undefined && !readable.some((row) => row.path === path);
  const options = [
    ...(isElsewhere ? [{ path, words: visible(fileName(path), 60) }] : []),
    ...readable.map((row) => ({
      path: row.path,
      words: `${visible(row.name, 48)} · ${when(row.startedAt)} · ${duration(row.seconds)}`,
    })),
  ];
  const chosen = options.findIndex((option) => option.path === path);
  return (
    <span className="picker">
      <label htmlFor={id}>
        <span className="strong">{name}</span> <span className="quiet">{about}</span>
      </label>
      <select id={id} value={chosen} onChange={(event) => choose(options[Number(event.target.value)]?.path)}>
        <option value={-1}>Choose a recording</option>
        {options.map((option, at) => (
          <option key={option.path} value={at}>
            {option.words}
          </option>
        ))}
      </select>
      {children}
    </span>
  );
}
