// A site in, what tells it from every other out, and what is said where it has no frame. Next: parts/SiteTable.tsx, views/grows.
import type { SiteRow } from "../../shared/documents.ts";

export type Site = Pick<SiteRow, "domain" | "type" | "frames">;

export const keyOfSite = ({ domain, type, frames }: Site): string =>
  JSON.stringify([domain, type, frames.map((frame) => [frame.function, frame.file, frame.line])]);

export const noFrame = "No Python frame was running: the memory was taken by C code on its own thread.";
