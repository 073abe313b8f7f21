// A path and a size in; room on its disk that is let go by closing what comes out. Used by create.ts, finish.ts.
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { errorCode } from "./sqlite.ts";

/** An open file without a name: a recorder that is killed leaves nothing of it. */
export interface Reserve {
  release(): void;
}

/** Real bytes, not a hole: their room is what a recording on a full disk is finished with. */
export function takeReserve(path: string, bytes: number): Reserve {
  const name = `${path}-reserve`;
  const file = openSync(name, "w", 0o600);
  rmSync(name);
  try {
    const block = Buffer.alloc(64 * 1024);
    for (let left = bytes; left > 0; left -= block.length) writeSync(file, block, 0, Math.min(left, block.length));
  } catch (error) {
    if (errorCode(error) !== "ENOSPC" && errorCode(error) !== "EDQUOT") throw error;
  }
  return { release: () => closeSync(file) };
}
