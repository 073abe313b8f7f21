// Fields that every form which starts something has: the process, and for how long. Used by StartForm.tsx.
import type { ProcessRow } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";

const times = [
  { seconds: 10, words: "10 seconds" },
  { seconds: 30, words: "30 seconds" },
  { seconds: 60, words: "1 minute" },
  { seconds: 300, words: "5 minutes" },
  { seconds: 0, words: "until I stop it" },
];

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
  readonly seconds: number;
  readonly change: (seconds: number) => void;
}

export function TimeField({ id, seconds, change }: TimeGiven) {
  return (
    <>
      <label htmlFor={id}>How long</label>
      <select id={id} value={seconds} onChange={(event) => change(Number(event.target.value))}>
        {times.map((time) => (
          <option key={time.seconds} value={time.seconds}>
            {time.words}
          </option>
        ))}
      </select>
    </>
  );
}
