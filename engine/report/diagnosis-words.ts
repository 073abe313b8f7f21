// A suspect in, our sentences on it out; names of the target stay apart, because each format escapes them in its own way. Used by
// diagnosis-text.ts, diagnosis-markdown.ts.
import { basename } from "node:path";
import type { DiagnosisDocument, Suspect } from "../../shared/diagnosis-document.ts";
import { keeperOf, suspectWords } from "../../shared/suspect-words.ts";
import type { Line } from "./section.ts";
import { byteSize, rate, span, whole } from "./words.ts";

export function headline({ verdict, why, suspects, seconds }: DiagnosisDocument): Line {
  const [first] = suspects;
  if (verdict === "insufficient") return [`No verdict. ${why ?? ""}`.trim()];
  if (verdict === "clean" || !first) return [`Clean: in ${span(seconds)} nothing was seen to leak.`];
  const size = first.bytesPerSecond >= 1 ? `, ${byteSize(first.bytesPerSecond)} a second` : "";
  return ["Leak: ", ...what(first), ` at ${rate(first.perSecond)} a second${size}`, ...by(first), "."];
}

export const what = ({ kind, type }: Suspect): Line => [
  ...(kind === "unexplained-references" ? ["references to "] : []),
  type === null ? "memory" : { name: type },
];

function by({ blame, kind }: Suspect): Line {
  if (!blame) return [];
  return [kind === "held" ? ", kept by " : ", by ", { name: blame.function }, " of ", { name: basename(blame.module) }];
}

export function about(suspect: Suspect): string {
  const keeper = keeperOf(suspect);
  return `${suspectWords[suspect.kind].about}${keeper ? `, by ${keeper.name}` : ""}`;
}

export function rates({ perSecond, perCall, bytesPerSecond }: Suspect): string {
  const call = perCall === null ? "" : `, ${rate(perCall)} a call`;
  return `${rate(perSecond)} a second${call}${bytesPerSecond >= 1 ? `, ${byteSize(bytesPerSecond)} a second` : ""}`;
}

export function blameLine({ blame }: Suspect): Line {
  if (!blame) return ["no function could be named"];
  const { function: name, module, native, file, line } = blame;
  const c: Line = native === null || native === name ? [] : [" (C: ", { name: native }, ")"];
  const place: Line = file === null ? [] : [" at ", { name: line === null ? file : `${file}:${line}` }];
  return [{ name }, ...c, ...(file === module ? [] : [" in ", { name: module }]), ...place];
}

export const pathLine = (path: Suspect["heldBy"][number]): Line =>
  path.flatMap(({ type, edge }, at): Line => [...(at === 0 ? [] : [" → "]), { name: `${edge} ` }, { name: type }]);

export const sureness = ({ confidence }: Suspect): string => `${whole(confidence * 100)} % sure`;
