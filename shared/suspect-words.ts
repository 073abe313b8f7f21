// A kind of suspect, and who holds it, in; what is said of it and what to do next out: the same at every door. Next: engine/report, renderer.
import type { Suspect, SuspectKind } from "./diagnosis-document.ts";

interface SuspectWords {
  /** Follows what leaks: "`dict` …". */
  readonly about: string;
  readonly next: string;
}

export const suspectWords: Readonly<Record<SuspectKind, SuspectWords>> = {
  unreachable: {
    about: "is alive, and nothing that the program can reach refers to it",
    next: "Look in that function for a reference that it takes and does not give back on every way out, errors included.",
  },
  "unexplained-references": {
    about: "gets references that no object of the program holds",
    next: "Look in that function for a Py_INCREF, or a new reference, without its Py_DECREF on every way out, errors included.",
  },
  held: {
    about: "is held by the program, more and more of it",
    next: "Look at who holds it: give that container a bound, or take out what is done with.",
  },
  "uncollectable-cycle": {
    about: "holds itself, and the collector does not free it",
    next: "Break the cycle, or have its type tell the collector what it holds (tp_traverse and tp_clear); a collector that is switched off frees none.",
  },
  "native-memory": {
    about: "is memory that is no Python object, and is not given back",
    next: "Look in that function for memory that is not freed on every way out, errors included.",
  },
  growth: {
    about: "grows; who holds it was not observed",
    next: "Run it again where a heap graph can be taken, to see who holds it.",
  },
};

interface Keeper {
  /** Of objects: "kept by …". */
  readonly name: string;
  readonly next: string;
}

/** Types on the way to an object that tell by themselves why it is alive, the most telling first. */
const keepers: readonly (readonly [type: RegExp, keeper: Keeper])[] = [
  [
    /^traceback$/,
    {
      name: "the traceback of an exception",
      next: "Look at who keeps the exception: its traceback holds every frame that it passed, with their variables. Store its text instead, or set __traceback__ to None.",
    },
  ],
  [
    /(?:^|\.)(?:Thread|Timer)$/,
    {
      name: "a thread that has not ended",
      next: "Look at why these threads do not end, and at what they are given: a thread holds its arguments and its variables until then.",
    },
  ],
  [
    /^(?:generator|coroutine|async_generator)$/,
    {
      name: "a generator or coroutine that waits",
      next: "Look at why it is never finished or closed: until then it holds its variables.",
    },
  ],
  [
    /^frame$/,
    {
      name: "a frame that somebody keeps",
      next: "Look at who keeps the frame (sys._getframe, inspect, a debugger, a logger): it holds its variables and its callers.",
    },
  ],
];

/** Undefined: the ways to it say nothing of the kind. */
export function keeperOf({ heldBy }: Pick<Suspect, "heldBy">): Keeper | undefined {
  const passed = heldBy.flatMap((way) => way.slice(0, -1).map(({ type }) => type));
  return keepers.find(([type]) => passed.some((name) => type.test(name)))?.[1];
}

export const nextOf = (suspect: Pick<Suspect, "kind" | "heldBy">): string =>
  keeperOf(suspect)?.next ?? suspectWords[suspect.kind].next;
