// The words that the application was started with in, what they name out. They are data: nothing in them is a switch of ours but two. Next: start.ts.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface Wanted {
  readonly recording?: string;
  /** A link of `refscope serve`. */
  readonly connect?: string;
  /** A word that was meant as a file of this machine and is none. */
  readonly refused?: string;
}

/**
 * A double click gives the file as a plain word, or as a `file:` address where a desktop entry says %U. Words of Chromium begin
 * with a dash; what they are followed by holds no `.refscope`.
 */
export function wantedBy(words: readonly string[], folder: string): Wanted {
  const connect = words.find((word) => word.startsWith("--connect="))?.slice("--connect=".length);
  const file = words.find((word) => !word.startsWith("-") && (isFileUrl(word) || isRecordingName(word)));
  return { ...fileNamed(file, folder), ...(connect === undefined ? {} : { connect }) };
}

function fileNamed(word: string | undefined, folder: string): Pick<Wanted, "recording" | "refused"> {
  if (word === undefined) return {};
  const path = isFileUrl(word) ? pathOf(word) : resolve(folder, word);
  return path !== undefined && isRecordingName(path) ? { recording: path } : { refused: word };
}

/** Another machine's file has a host; RFC 8089 allows none or `localhost` for this one. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

const isFileUrl = (word: string): boolean => /^file:/i.test(word);

export const isRecordingName = (path: string): boolean => /\.refscope$/i.test(path) && !path.includes("\0");
