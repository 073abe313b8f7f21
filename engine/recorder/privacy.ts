// Facts and definitions as the target gave them in; what the chosen level lets into the file out. Used by recorder.ts.
import type { TargetFacts } from "../../shared/documents.ts";
import type { RawCode, RawThread } from "../../shared/records.ts";
import { maskBytes, maskName, maskPath, maskText } from "../preflight/mask.ts";
import { maskSource } from "../preflight/mask-source.ts";
import { languageOf } from "../preflight/source-language.ts";
import type { Masks } from "../store/writer.ts";

export type Privacy = "minimal" | "standard" | "full";

/** `minimal` keeps the folder and the name of a file: enough to find the line, not whose machine it was. */
export const shortened = (path: string): string => path.split("/").slice(-2).join("/");

/** Homes stay in paths of files: without them nobody finds the line on his own machine. `redact` takes them out. */
const masked = (text: string): string => maskText(text, { homes: [] });

export function privatePath(path: string, privacy: Privacy): string {
  if (privacy === "full") return path;
  const masked = maskPath(path);
  return privacy === "minimal" ? shortened(masked) : masked;
}
export const privateText = (text: string, privacy: Privacy): string => (privacy === "full" ? text : masked(text));
/** Code stays; what stands in strings and comments is masked. */
export const privateSource = (text: string, privacy: Privacy, file: string): string =>
  privacy === "full" ? text : maskSource(text, languageOf(file));
/** Names of anything, and walks of the heap, which have names of attributes and keys of dicts in them. */
export const masksOf = (privacy: Privacy): Masks =>
  privacy === "full"
    ? { name: (text) => text, text: (text) => text, bytes: (part) => part }
    : { name: (text) => maskName(text), text: (text) => privateText(text, privacy), bytes: maskBytes };

export const privateCode = (code: RawCode, privacy: Privacy): RawCode => ({
  ...code,
  file: privatePath(code.file, privacy),
});

/** A thread may be named after whom it serves. */
export function privateThread(thread: RawThread, privacy: Privacy): RawThread {
  if (privacy === "minimal") return { ...thread, name: undefined, kernelName: undefined };
  const named = (name: string | undefined) => (name === undefined ? undefined : privateText(name, privacy));
  return { ...thread, name: named(thread.name), kernelName: named(thread.kernelName) };
}

export const privateTarget = (target: TargetFacts, privacy: Privacy): TargetFacts => ({
  ...target,
  executable: privatePath(target.executable, privacy),
  command: privacy === "minimal" ? "" : target.command,
});
