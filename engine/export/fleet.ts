// What runs where in; the origin of each row, and the folders of its rows among those of many recordings, out. Used by export.ts.
import { createHmac } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { dayOf, type Origin } from "./table.ts";

export interface Place {
  /** What was built: a version, a commit. */
  readonly build?: string;
  /** As it is given; without it a pseudonym of this machine. */
  readonly host?: string;
  /** Makes the pseudonym one that others cannot guess; the same for all hosts of a fleet. */
  readonly hostSalt?: string;
}

const pseudonymLength = 16;

export const originOf = (startedAt: string, { build, host, hostSalt = "" }: Place): Origin => ({
  build: build ?? "unknown",
  host: host ?? hostPseudonym(hostname(), hostSalt),
  day: dayOf(startedAt),
});

/** The same name and salt give the same pseudonym, so that hosts can be counted without being named. */
function hostPseudonym(name: string, salt: string): string {
  const digest = createHmac("sha256", salt).update(name).digest("hex");
  return `h-${digest.slice(0, pseudonymLength)}`;
}

/** Hive's layout, in which DuckDB, ClickHouse and Spark find columns. A recording that is exported again replaces its part. */
export function partPath(folder: string, { build, host, day }: Origin, part: string): string {
  return join(folder, `build=${folderName(build)}`, `host=${folderName(host)}`, `day=${day}`, `part-${part}.parquet`);
}

/** Percent-encoded as Hive does; dots alone would lead out of the folder. */
const folderName = (text: string): string =>
  encodeURIComponent(text).replace(/^\.+/, (dots) => dots.replaceAll(".", "%2E")) || "unknown";
