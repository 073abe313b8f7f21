// The site of a sample in, the words that the core finds its objects by out; and what of them it cannot see. Next: watch.ts.
import type { SampleSite } from "../shared/agent-protocol.ts";
import type { SampleWords } from "./core/watch-sample.ts";
import { creationEventsOf } from "./creation.ts";
import { type Interpreter, required } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";

interface Given {
  readonly interpreter: Interpreter;
  readonly layout: Layout;
}

export function sampleWords({ interpreter, layout }: Given, site: SampleSite, objects: number): SampleWords {
  const { type = "", file = "", line = 0, function: name = "" } = site;
  return {
    objects,
    line,
    type,
    file,
    // Code has its qualified name from 3.11 on.
    function: layout.codeQualname === undefined ? (name.split(".").at(-1) ?? "") : name,
    nameOfType: layout.typeName,
    lineOf: required(interpreter, "PyCode_Addr2Line"),
  };
}

/** Sentences for `recording.notObserved`. */
export const notSampled = (interpreter: Interpreter): readonly string[] => [
  "Objects that are made at the site while four others are followed are passed over; one that nothing changed for a quarter of a second makes room.",
  ...(creationEventsOf(interpreter) === "inferred"
    ? ["This build inlines the creation of objects: only those that an exported function hands out are found."]
    : []),
];
