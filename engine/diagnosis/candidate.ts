// What a diagnosis passes from step to step: something that grows, what is known of it, and who may have done it. Made by candidates.ts,
// named by naming.ts, told by verdict.ts.
import type { Blame, Note, Suspect, SuspectKind } from "../../shared/diagnosis-document.ts";
import type { Frame } from "../../shared/documents.ts";
import type { Domain } from "../../shared/records.ts";

export interface Candidate {
  readonly kind: SuspectKind;
  readonly type: string | null;
  /** Undefined where no allocation was seen. */
  readonly domain: Domain | undefined;
  /** Objects, blocks or references a second. */
  readonly perSecond: number;
  readonly bytesPerSecond: number;
  /** So many in all that time. */
  readonly grown: number;
  readonly allocationSite: readonly Frame[];
  /** Made while a module is imported. */
  readonly importing: boolean;
  /** Of what keeps it, where that is something else: an object that hides from the collector what it holds. */
  readonly keeper: { readonly type: string; readonly frames: readonly Frame[] } | undefined;
  readonly heldBy: Suspect["heldBy"];
  /** That it is a leak, before anybody is named. */
  readonly confidence: number;
  readonly evidence: readonly string[];
  readonly notObserved: readonly string[];
  /** Objects that show it and are alive, as "0x…": to be watched. */
  readonly objects: readonly string[];
  /** The name of the type, where the object is one; empty where it has none that is known. */
  readonly heapType: string | undefined;
  /** Where the next objects like these are made, as `watch --sample` takes it. */
  readonly sample: string | undefined;
  /** Something else that grows holds these: place in the list of that one. */
  readonly partOf: number | undefined;
  /** Extension modules that may have done it, the likeliest first; names or paths. */
  readonly modules: readonly string[];
}

/** What a recording shows. */
export interface Signs {
  readonly seconds: number;
  readonly events: number;
  readonly candidates: readonly Candidate[];
  readonly notes: readonly Note[];
  readonly notObserved: readonly string[];
  /** Heap graphs that were read. */
  readonly graphs: number;
}

/** Who did it, according to one piece of evidence. */
export interface Named {
  readonly blame: Blame;
  readonly perCall: number | undefined;
  /** 0 to 1: the strongest is believed, the others are told. */
  readonly sure: number;
  readonly sentence: string;
}
