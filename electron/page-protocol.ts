// A request of the page's own protocol in, a file of the built renderer with the door's headers out. There is no http and no file. Next: window.ts.
import type { Pages } from "../engine/rpc/pages.ts";
import { pageHeaders } from "../shared/page-headers.ts";
import { pageUrl, scheme } from "./origin.ts";

/** Standard: it has an origin. Secure: what needs a secure context works. Nothing else is switched on. */
export const privileges = [
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, bypassCSP: false, corsEnabled: false } },
];

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** A name is in the map or it is not; no path is joined, and what is not GET or not our host is not there. */
export function answerPage(pages: Pages, method: string, url: string): PageAnswer {
  const name = url.startsWith(pageUrl) ? (url.slice(pageUrl.length - 1).split(/[?#]/)[0] ?? "/") : undefined;
  const page = method === "GET" && name !== undefined ? pages.get(name) : undefined;
  if (page) return { status: 200, headers: { ...pageHeaders, "Content-Type": page.type }, bytes: page.bytes };
  const plain = { ...pageHeaders, "Content-Type": "text/plain; charset=utf-8" };
  return { status: 404, headers: plain, bytes: new TextEncoder().encode("there is no such page\n") };
}
