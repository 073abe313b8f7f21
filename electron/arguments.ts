// The words that the application was started with in, what they name out. They are data: nothing in them is a switch of ours but two. Next: start.ts.
import { resolve } from "node:path";

export interface Wanted {
  readonly recording?: string;
  /** A link of `refscope serve`. */
  readonly connect?: string;
}

/** A double click gives the file as a plain word. Words of Chromium begin with a dash; what they are followed by holds no `.refscope`. */
export function wantedBy(words: readonly string[], folder: string): Wanted {
  const connect = words.find((word) => word.startsWith("--connect="))?.slice("--connect=".length);
  const file = words.find((word) => !word.startsWith("-") && isRecordingName(word));
  return {
    ...(file === undefined ? {} : { recording: resolve(folder, file) }),
    ...(connect === undefined ? {} : { connect }),
  };
}

export const isRecordingName = (path: string): boolean => path.endsWith(".refscope") && !path.includes("\0");
