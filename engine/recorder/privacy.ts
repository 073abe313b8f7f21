// Facts and definitions as the target gave them in; what the chosen level lets into the file out. Used by recorder.ts.
import type { TargetFacts } from "../../shared/documents.ts";
import type { RawCode, RawThread } from "../../shared/records.ts";

export type Privacy = "minimal" | "standard" | "full";

/** `minimal` keeps the folder and the name of a file: enough to find the line, not whose machine it was. */
const shortened = (path: string): string => path.split("/").slice(-2).join("/");

export const privateCode = (code: RawCode, privacy: Privacy): RawCode =>
  privacy === "minimal" ? { ...code, file: shortened(code.file) } : code;

export const privatePath = (path: string, privacy: Privacy): string => (privacy === "minimal" ? shortened(path) : path);

/** A thread may be named after whom it serves. */
export const privateThread = (thread: RawThread, privacy: Privacy): RawThread =>
  privacy === "minimal" ? { ...thread, name: undefined, kernelName: undefined } : thread;

export const privateTarget = (target: TargetFacts, privacy: Privacy): TargetFacts =>
  privacy === "minimal" ? { ...target, executable: shortened(target.executable), command: "" } : target;
