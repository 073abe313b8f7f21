// A site in, what tells it from every other out.
import type { SiteRow } from "../../../shared/documents.ts";

export function keyOfSite(site: Pick<SiteRow, "domain" | "type" | "frames">): string {
  return JSON.stringify([site.domain, site.type, site.frames.map((frame) => [frame.function, frame.file, frame.line])]);
}
