// A recording, a format and a level in; a file for another tool without what is private, to take along, out. Next: outbox.ts.
import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { exportEndings, reportEndings } from "../../shared/export-formats.ts";
import type { Result } from "../../shared/failures.ts";
import type { Offer } from "../../shared/library.ts";
import type { RpcParams } from "../../shared/rpc-contract.ts";
import type { Readers } from "../evidence/readers.ts";
import type { Outbox } from "./outbox.ts";

type Asked = RpcParams<"recording.export">;
interface Means {
  readonly outbox: Outbox;
  readonly readers: Readers;
  readonly isForeign: (path: string) => boolean;
  /** The report at that level. */
  readonly report: (asked: Pick<Asked, "path" | "level">, format: "markdown" | "html") => Promise<Result<string>>;
}

export async function exportToTake(
  { path, format, level }: Asked,
  { outbox, readers, isForeign, report }: Means,
): Promise<Result<Offer>> {
  const name = `${basename(path, ".refscope")}-${level === "minimal" ? "minimal" : "redacted"}`;
  if (format === "markdown" || format === "html") {
    const text = await report({ path, level }, format);
    return text.ok ? outbox.text(`${name}${reportEndings[format]}`, text.value) : text;
  }
  const folder = outbox.folder();
  if (!folder.ok) return folder;
  const [copy, file] = [join(folder.value, `${name}.refscope`), `${name}${exportEndings[format]}`];
  const redacted = await readers.work({ kind: "redact", path, level, out: copy }, !isForeign(path));
  const request = { format, out: join(folder.value, file) };
  const made = redacted.ok ? await readers.work({ kind: "export", path: copy, request }, !isForeign(path)) : redacted;
  rmSync(copy, { force: true });
  if (made.ok) return outbox.offer(folder.value, file, made.value.bytes);
  outbox.drop(folder.value);
  return made;
}
