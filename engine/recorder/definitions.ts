// Definitions that came with a batch in, rows of names out, as far as privacy lets them. Used by recorder.ts.
import type { RawBatch, RawCode, RawModule, RawType } from "../../shared/records.ts";
import type { RecordingWriter } from "../store/writer.ts";
import { type AuditDefinitions, auditPlaces } from "./audit-recorder.ts";
import type { ErrorDefinitions } from "./error-recorder.ts";
import { type GilDefinitions, threadsAreOurs } from "./gil-recorder.ts";
import type { HistoryDefinitions } from "./history-recorder.ts";
import { type Privacy, privateCode, privatePath } from "./privacy.ts";

export interface Definitions extends GilDefinitions, ErrorDefinitions, HistoryDefinitions, AuditDefinitions {
  readonly codes: readonly RawCode[];
  readonly types: readonly RawType[];
  readonly modules: readonly RawModule[];
}

/** Keys are numbered from 0 or 1 on; more of them than this is not what our agent counts. */
const mostKeys = 1 << 22;

/** What no agent of ours names: then the batch's bytes are wrong, whatever their checksum says. */
export function nonsenseIn({ deltas, errors, holds }: RawBatch): string | undefined {
  const last = ({ length, key }: { readonly length: number; readonly key: Uint32Array }) => key[length - 1] ?? 0;
  if (last(deltas) >= mostKeys || last(errors) >= mostKeys) return `a key past ${mostKeys}`;
  return threadsAreOurs(holds) ? undefined : "a thread past all that there can be";
}

/** Threads, samples, messages and calls are written by gil-recorder.ts and error-recorder.ts. */
export function writeNames(writer: RecordingWriter, batch: RawBatch, definitions: Definitions, privacy: Privacy): void {
  for (const type of definitions.types) writer.type(type);
  for (const code of definitions.codes) writer.code(privateCode(code, privacy));
  for (const module of definitions.modules) writer.module({ ...module, path: privatePath(module.path, privacy) });
  for (const site of batch.sites) writer.site(site);
  for (const key of batch.keys) writer.key(key);
}

/** Addresses into C that want a name. */
export const nativeAddresses = (batch: RawBatch, { samples, places, audit }: Definitions): readonly bigint[] =>
  [
    ...batch.sites.map(({ native }) => native),
    ...samples.flatMap(({ native }) => native),
    ...places.flatMap(({ native }) => native),
    ...auditPlaces({ audit }).flatMap(({ address, returns }) => (returns ? [address] : [])),
  ].filter((at) => at !== 0n);
