// A diagnosis and the rules that mute in; what is shown of it, what is muted, and a rule for one that is not, out. Next: views/suspects.
import type { DiagnosisDocument, Suspect } from "../../shared/diagnosis-document.ts";
import { type MuteRule, muteOf } from "../../shared/mutes.ts";

export interface MutedSuspect {
  readonly suspect: Suspect;
  readonly rule: MuteRule;
}

/** None is lost: each stands in one of the two. */
export function partedBy(
  rules: readonly MuteRule[],
  document: DiagnosisDocument,
): { readonly shown: DiagnosisDocument; readonly muted: readonly MutedSuspect[] } {
  const muted = document.suspects.flatMap((suspect): readonly MutedSuspect[] => {
    const rule = muteOf(rules, suspect);
    return rule ? [{ suspect, rule }] : [];
  });
  const hidden = new Set(muted.map(({ suspect }) => suspect));
  return { shown: { ...document, suspects: document.suspects.filter((suspect) => !hidden.has(suspect)) }, muted };
}

/** Of its type, in the file that makes it or the module that is blamed; the last two words of the path, so that it is true on other machines. */
export function ruleFor({ type, blame, allocationSite }: Suspect): Omit<MuteRule, "reason"> | undefined {
  const path = allocationSite?.find(({ line }) => line !== null)?.file ?? blame?.file ?? blame?.module ?? "";
  // Memory of nobody knows whom: its rule would mute all of it.
  if (type === null && path === "") return undefined;
  return { type, site: path.split("/").slice(-2).join("/") };
}
