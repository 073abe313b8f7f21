// A ticket in; the bytes of the recording that it is for, as a file to keep, out. The page asked for the ticket over its socket, so that no address
// ever names a path. Used by door.ts.
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { pageHeaders } from "../../shared/page-headers.ts";

interface Offered {
  readonly path: string;
  readonly name: string;
  /** Told when it is open: what was made to be taken lies nowhere from then on. */
  readonly gone?: () => void;
}
export type Downloads = (ticket: string) => Offered | undefined;

const idleMs = 30_000;

/** False where there is nothing to give; then nothing was answered. */
export async function download(downloads: Downloads, ticket: string, response: ServerResponse): Promise<boolean> {
  const offered = downloads(ticket);
  if (offered === undefined) return false;
  const file = await open(offered.path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  offered.gone?.();
  if (file === undefined) return false;
  try {
    const { size } = await file.stat();
    response.setTimeout(idleMs, () => response.destroy());
    response.writeHead(200, {
      ...pageHeaders,
      "Content-Type": "application/octet-stream",
      "Content-Length": size,
      "Content-Disposition": `attachment; ${named(offered.name)}`,
    });
    // What is appended meanwhile is not part of what was promised.
    await pipeline(file.createReadStream({ start: 0, end: Math.max(0, size - 1), autoClose: false }), response);
  } finally {
    await file.close();
  }
  return true;
}

/** Quotes, line ends and letters that a header cannot hold are spelt out: RFC 6266, RFC 8187. */
function named(name: string): string {
  const plain = name.replace(/[^\w.-]/g, "_");
  const spelt = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${spelt}`;
}
