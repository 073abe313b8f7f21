// A kind of suspect in, what is said of it and what to do next out: the same at every door. Next: engine/report, renderer.
import type { SuspectKind } from "./diagnosis-document.ts";

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
