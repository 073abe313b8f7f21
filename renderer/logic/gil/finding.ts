// A GIL report in, what is wrong as sentences a colleague would say out. Next: views/gil.

import { mostly, type Queue, worstQueue } from "../../../shared/convoy.ts";
import type { BlameRow, Convoy, GilReport, LongHold } from "../../../shared/gil-document.ts";
import { code, place, type Sentence, words } from "../finding.ts";
import { count, counted, duration, fraction } from "../format.ts";
import { namesOf, spoken, type ThreadNames } from "./threads.ts";

/** Below this part of the time nobody would notice. */
const noticed = 0.02;

export function gilHeadline(report: GilReport): Sentence {
  const names = namesOf(report.threads);
  const queue = worstQueue(report);
  const long = report.longHolds.find((hold) => hold.waiters.length > 0);
  if (report.threads.length === 0) return [words("Nobody has taken the GIL yet")];
  if (report.threads.length === 1) return [words("One thread alone takes the GIL")];
  if (queue && queue.ms >= waitedMs(report) / 4) return [words("Convoy: "), ...waitBehind(queue, names)];
  if (long) return longHoldSentence(long, names);
  const waiter = report.threads.toSorted((a, b) => b.waitFraction - a.waitFraction)[0];
  if (!waiter || waiter.waits === 0) return [words("Nobody waits for the GIL")];
  if (waiter.waitFraction < noticed) return [words("Hardly anybody waits for the GIL")];
  return [
    code(spoken(names, waiter.threadId)),
    words(` waits for the GIL ${fraction(waiter.waitFraction)} of the time`),
  ];
}

/** The convoy, if there is one, then how long holds last and who waited longest. */
export function gilSummary(report: GilReport): readonly Sentence[] {
  const names = namesOf(report.threads);
  const queue = worstQueue(report);
  return [...(queue ? [queueSentence(queue, report.intervalMs, names)] : []), ...timesSentences(report, names)];
}

/** "`spin` holds; `sleeper` and `misser` wait mostly behind it, …" */
function queueSentence(queue: Queue, intervalMs: number, names: ThreadNames): Sentence {
  const they = queue.waiters.length === 1 ? "its" : "their";
  return [
    words("A convoy: "),
    code(spoken(names, queue.holder)),
    words(" holds the GIL; "),
    ...waitBehind(queue, names),
    words(
      ` (${fraction(queue.part)} of ${they} waiting): ${counted(queue.waits, "wait", "waits")} of at least a whole ` +
        `switch interval (${duration(intervalMs / 1000)}), ${duration(queue.ms / 1000)} in all.`,
    ),
  ];
}

function waitBehind({ holder, waiters, part }: Queue, names: ThreadNames): Sentence {
  const verb = waiters.length === 1 ? " waits" : " wait";
  return [
    ...listed(waiters.map((waiter) => spoken(names, waiter))),
    words(`${verb}${part >= mostly ? " mostly" : ""} behind `),
    code(spoken(names, holder)),
  ];
}

const mostNamed = 3;

/** "`a`, `b` and 4 others" */
function listed(all: readonly string[]): Sentence {
  const named = all.length > mostNamed ? all.slice(0, mostNamed - 1) : all;
  const last = all.length > named.length ? words(`${all.length - named.length} others`) : undefined;
  const parts = [...named.map(code), ...(last ? [last] : [])];
  return parts.flatMap((part, at) => (at === 0 ? [part] : [words(at === parts.length - 1 ? " and " : ", "), part]));
}

function timesSentences({ threads, holdP50Ms, holdP99Ms }: GilReport, names: ThreadNames): readonly Sentence[] {
  const [holder] = threads.toSorted((a, b) => b.holdMaxMs - a.holdMaxMs);
  const [waiter] = threads.toSorted((a, b) => b.waitMaxMs - a.waitMaxMs);
  if (!holder || !waiter) return [];
  const held: Sentence = [
    words(`Half of all holds end within ${ms(holdP50Ms)}, 99 % within ${ms(holdP99Ms)}; the longest, of `),
    code(spoken(names, holder.threadId)),
    words(`, lasted ${ms(holder.holdMaxMs)}.`),
  ];
  if (waiter.waitMaxMs === 0) return [held];
  const { waitMaxMs, waitP50Ms, waitP99Ms } = waiter;
  const ranks = waiter.waits > 0 ? `; half of its waits end within ${ms(waitP50Ms)}, 99 % within ${ms(waitP99Ms)}` : "";
  const waited: Sentence = [code(spoken(names, waiter.threadId)), words(` waited longest, ${ms(waitMaxMs)}${ranks}.`)];
  return [held, waited];
}

const ms = (value: number) => duration(value / 1000);

export function convoySentence(
  { waiter, holder, waits, ms }: Convoy,
  intervalMs: number,
  names: ThreadNames,
): Sentence {
  return [
    code(spoken(names, waiter)),
    words(` waits a whole switch interval (${duration(intervalMs / 1000)}) for `),
    code(spoken(names, holder)),
    words(` ${counted(waits, "time", "times")}, ${duration(ms / 1000)} in all.`),
  ];
}

export function longHoldSentence(hold: LongHold, names: ThreadNames): Sentence {
  const { length } = hold.waiters;
  const waited = length === 0 ? "nobody waited" : `${counted(length, "thread", "threads")} waited`;
  const least = hold.unfinished ? "at least " : "";
  return [
    code(spoken(names, hold.threadId)),
    words(` held the GIL for ${least}${duration(hold.ms / 1000)}`),
    ...runningWhat(hold),
    words(`; ${waited}`),
  ];
}

/** C code is named where it is known: it is what kept the GIL, the Python line only called it. */
export function runningWhat({ frames, native }: LongHold): Sentence {
  const [innermost] = frames;
  if (innermost) return [words(" in "), code(innermost.function), words(` · ${place(innermost.file, innermost.line)}`)];
  const found = native.find((frame) => frame.function !== null);
  return found?.function ? [words(" in "), code(found.function)] : [];
}

export function groundSentence(report: GilReport, seconds: number): string {
  const held = report.threads.reduce((sum, thread) => sum + thread.holdFraction, 0);
  const holds = report.threads.reduce((sum, thread) => sum + thread.holds, 0);
  const forced = report.threads.reduce((sum, thread) => sum + thread.forced, 0);
  const apart =
    report.switchesCounted !== null && Math.abs(report.switchesCounted - report.switches) > 1
      ? ` CPython itself counted ${count(report.switchesCounted)}.`
      : "";
  return (
    `${counted(report.threads.length, "thread", "threads")} took the GIL ${counted(holds, "time", "times")} in ${duration(seconds)} ` +
    `and held it ${fraction(Math.min(1, held))} of the time; ${counted(report.switches, "switch", "switches")}, ` +
    `${counted(forced, "hold was", "holds were")} ended by another thread's asking.${apart}`
  );
}

export function blameSentence(rows: readonly BlameRow[], names: ThreadNames): Sentence {
  const all = rows.reduce((sum, row) => sum + row.ms, 0);
  const [worst] = rows.toSorted((a, b) => b.ms - a.ms);
  if (!worst || all === 0) return [words("Nobody waited for anybody.")];
  return [
    words(`${fraction(worst.ms / all)} of all waiting is `),
    code(spoken(names, worst.waiter)),
    words(" waiting for "),
    code(spoken(names, worst.holder)),
    words("."),
  ];
}

const waitedMs = ({ blame }: GilReport) => blame.reduce((sum, row) => sum + row.ms, 0);
