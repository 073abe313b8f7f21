// The changes of an object's reference count in; which of them were never given back, and sentences about it, out. Next: views/object.
import type { History, HistoryEvent } from "../../shared/documents.ts";
import type { ObjectSteps } from "../../shared/history-views.ts";
import { moduleName } from "./audit.ts";
import { code, type Sentence, words } from "./finding.ts";
import { count, counted, duration } from "./format.ts";

type NetRow = History["net"][number];

export interface Change {
  readonly key: string;
  readonly event: HistoryEvent;
  /** References that it took and that no later change gave back, as far as the changes are here. */
  readonly kept: number;
  /** One change gives back exactly what another one took: which of the two it is. */
  readonly pair: "takes" | "gives" | undefined;
  /** Who did it: the innermost function of an extension, else the one that wrote. */
  readonly blamed: HistoryEvent["native"][number] | undefined;
}

export const isInterpreter = ({ function: name }: Pick<NetRow, "function">): boolean => name === "(interpreter)";

/** A reference is given back by who took it, else by whoever gives one back next: a function may return what it took. Who: the
 * extension's function; in the interpreter the one that wrote, lest what a container keeps be paired with what the evaluator lends. */
export function changesOf({ events, net }: Pick<History, "events" | "net">): readonly Change[] {
  const extension = extensionOf(net);
  const left = events.map(({ delta }) => delta);
  const pairs: Change["pair"][] = events.map(() => undefined);
  const both = (from: number, at: number) => {
    if (events[from]?.delta === -(events[at]?.delta ?? 0)) [pairs[from], pairs[at]] = ["takes", "gives"];
  };
  const open = new Map<string, number[]>();
  events.forEach((event, at) => {
    const frame = extension(event) ?? event.native[0];
    const own = frame ? `${frame.module} ${frame.function}` : "";
    const taken = open.get(own) ?? [];
    open.set(own, taken);
    pair(left, taken, at, both);
  });
  const anyone: number[] = [];
  for (let at = 0; at < left.length; at++) pair(left, anyone, at, both);
  const seen = new Map<string, number>();
  return events.map((event, at) => {
    const key = `${event.t} ${event.threadId} ${event.refcount}`;
    const again = seen.get(key) ?? 0;
    seen.set(key, again + 1);
    return {
      key: `${key} ${again}`,
      event,
      kept: Math.max(0, left[at] ?? 0),
      pair: pairs[at],
      blamed: extension(event) ?? event.native[0],
    };
  });
}

/** The last taken is the first given back. */
function pair(left: number[], taken: number[], at: number, paired: (from: number, at: number) => void): void {
  if ((left[at] ?? 0) > 0) taken.push(at);
  while ((left[at] ?? 0) < 0) {
    const from = taken.at(-1);
    if (from === undefined) return;
    const part = Math.min(left[from] ?? 0, -(left[at] ?? 0));
    left[from] = (left[from] ?? 0) - part;
    left[at] = (left[at] ?? 0) + part;
    paired(from, at);
    if (left[from] === 0) taken.pop();
  }
}

/** As the engine sums them up: by the innermost function of an extension on the stack. */
function extensionOf(net: readonly NetRow[]): (event: HistoryEvent) => Change["blamed"] {
  const modules = new Set(net.filter((row) => !isInterpreter(row)).map(({ module }) => module));
  return ({ native }) => native.find(({ module }) => modules.has(module));
}

export function historyHeadline({ type, changes, state, first, last }: ObjectSteps, net: readonly NetRow[]): Sentence {
  const it = [words("this "), code(type)];
  const worst = net.filter((row) => row.delta > 0 && !isInterpreter(row)).toSorted((a, b) => b.delta - a.delta)[0];
  if (changes === 0)
    return [
      words("The reference count of "),
      ...it,
      words(state === "followed" ? " has not changed yet" : " did not change"),
    ];
  if (state === "freed") return [words("This "), code(type), words(" was freed: all its references were given back")];
  if (worst && last > first)
    return [
      code(worst.function),
      words(" of "),
      code(moduleName(worst.module)),
      words(` took ${counted(worst.delta, "reference", "references")} to `),
      ...it,
      words(" more than it gave back"),
    ];
  if (last > first)
    return [words(`${counted(last - first, "reference", "references")} more to `), ...it, words(" than before")];
  return [words("Every reference taken to "), ...it, words(" was given back")];
}

export const stateWords: Readonly<Record<ObjectSteps["state"], string>> = {
  followed: "Still followed.",
  freed: "It was freed, and no longer followed from then on.",
  left: "It was alive when the recording ended.",
  reused: "Its memory holds something else by now; the moment it was freed was not seen.",
  abandoned: "It was given up: nobody took its changes away for too long.",
};

export function historyGround({ changes, first, last, complete, dropped, state }: ObjectSteps): string {
  const lost = dropped > 0 ? `${counted(dropped, "change was", "changes were")} dropped` : "nothing was dropped";
  const whole = complete ? (state === "followed" ? "complete so far" : "complete") : "not complete";
  return `${counted(changes, "change", "changes")}, count ${count(first)} to ${count(last)}; ${lost}, ${whole}.`;
}

export function lineSentence({ points, first, changes }: ObjectSteps): string {
  const last = points.at(-1);
  if (!last) return `It stays at ${count(first)}.`;
  const most = points.reduce((best, point) => (point.refcount > best.refcount ? point : best));
  const shown = points.length < changes ? " Each piece of time is drawn by its least and its most." : "";
  return `From ${count(first)} to ${count(last.refcount)}, ${count(most.refcount)} at most, ${duration(most.t / 1000)} after the start.${shown}`;
}

/** CPython counts an object that is never freed beyond what any program refers to: PEP 683. */
const immortalFrom = 2 ** 29;
export const isImmortal = ({ first }: Pick<ObjectSteps, "first">): boolean => first >= immortalFrom;

export interface Life {
  readonly id: string;
  readonly words: string;
}

/** Others that were followed at the address of the chosen one: its memory was used again. */
export function otherLives(objects: readonly ObjectSteps[], chosen: number): readonly Life[] {
  const ids = objectIds(objects);
  return objects.flatMap(({ address, state }, at) => {
    if (at === chosen || address !== objects[chosen]?.address) return [];
    const when = at < chosen ? "an earlier object" : "a later object";
    return [{ id: ids[at] ?? address, words: state === "freed" ? `${when}, freed` : when }];
  });
}

/** What names each in a link: its address, which objects that followed one another may share. */
export const objectIds = (objects: readonly { readonly address: string }[]): readonly string[] =>
  objects.map(({ address }, at) =>
    objects.findIndex((one) => one.address === address) === at ? address : `${address}.${at}`,
  );
