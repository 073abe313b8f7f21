// Fields that every form which starts something has: the process, for how long, and a module. Used by the forms of this folder.
import { useId, useMemo } from "react";
import type { ProcessRow } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";
import { known } from "../../logic/loadable.ts";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";

export interface Times {
  /** Seconds; 0 is until it is stopped. */
  readonly usual: number;
  readonly choices: readonly { readonly seconds: number; readonly words: string }[];
}
const minutes = [
  { seconds: 30, words: "30 seconds" },
  { seconds: 60, words: "1 minute" },
  { seconds: 300, words: "5 minutes" },
];
export const recordingTimes: Times = {
  usual: 30,
  choices: [{ seconds: 10, words: "10 seconds" }, ...minutes, { seconds: 0, words: "until I stop it" }],
};
export const diagnosisTimes: Times = {
  usual: 30,
  choices: [{ seconds: 15, words: "15 seconds" }, ...minutes, { seconds: 1800, words: "half an hour, for slow leaks" }],
};

interface ProcessGiven {
  readonly id: string;
  readonly rows: readonly ProcessRow[];
  readonly chosen: ProcessRow;
  readonly choose: (pid: number) => void;
}

export function ProcessField({ id, rows, chosen, choose }: ProcessGiven) {
  return (
    <>
      <label htmlFor={id}>Process</label>
      <select id={id} value={chosen.pid} onChange={(event) => choose(Number(event.target.value))}>
        {rows
          .filter(({ attachable }) => attachable)
          .map(({ pid, name, python }) => (
            <option key={pid} value={pid}>
              {`${visible(name, 32)} ${pid}${python === null ? "" : ` (Python ${visible(python, 12)})`}`}
            </option>
          ))}
      </select>
    </>
  );
}

interface TimeGiven {
  readonly id: string;
  readonly times: Times;
  readonly seconds: number;
  readonly change: (seconds: number) => void;
}

export function TimeField({ id, times, seconds, change }: TimeGiven) {
  return (
    <>
      <label htmlFor={id}>How long</label>
      <select id={id} value={seconds} onChange={(event) => change(Number(event.target.value))}>
        {times.choices.map((time) => (
          <option key={time.seconds} value={time.seconds}>
            {time.words}
          </option>
        ))}
      </select>
    </>
  );
}

interface ModuleGiven {
  readonly pid: number;
  readonly module: string;
  /** Said below the field, after what is loaded. */
  readonly about: string;
  readonly change: (module: string) => void;
}

/** Those that are loaded are offered; one that is imported later can be typed. */
export function ModuleField({ pid, module, about, change }: ModuleGiven) {
  const { bridge } = useApp();
  const asked = usePoll(useMemo(() => createPoll(bridge, "modules.list", { pid }), [bridge, pid]));
  // A name that cannot be seen whole is not offered: it would look like another.
  const modules = known(asked)?.filter(({ name }) => visible(name) === name);
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Module</label>
      <div>
        <input
          type="text"
          id={id}
          list={`${id}-list`}
          aria-describedby={`${id}-about`}
          value={module}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(event.target.value)}
        />
        <datalist id={`${id}-list`}>
          {modules?.map(({ name, path }) => (
            <option key={path} value={name}>
              {visible(path, 120)}
            </option>
          ))}
        </datalist>
        <p id={`${id}-about`} className="faint">
          {asked.kind === "error" ? "Its modules cannot be listed. " : loadedThere(modules?.length)}
          {about}
        </p>
      </div>
    </>
  );
}

function loadedThere(loaded: number | undefined): string {
  if (loaded === undefined) return "";
  return loaded === 0 ? "This process has no extension module loaded. " : `${loaded} are loaded there. `;
}
