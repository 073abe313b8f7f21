// The words of an address in, which recording is to be given away and how much of it is taken out, out, and back. Used by routes.ts.
import { redactionLevels } from "../../shared/evidence-documents.ts";

export interface ShareRoute {
  readonly screen: "share";
  readonly path: string | undefined;
  readonly level: (typeof redactionLevels)[number];
}

export const share = (path?: string): ShareRoute => ({ screen: "share", path, level: "standard" });

export const shareFrom = (given: URLSearchParams): ShareRoute => ({
  screen: "share",
  path: given.get("path") ?? undefined,
  level: redactionLevels.find((level) => level === given.get("level")) ?? "standard",
});

export const shareWords = ({ path, level }: ShareRoute): Readonly<Record<string, string | undefined>> => ({
  path,
  level: level === "standard" ? undefined : level,
});
