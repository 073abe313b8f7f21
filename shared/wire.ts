// Bytes of one batch in (written by agent/native/drain.c), a RawBatch out. Layout: docs/wire-format.md. Next: engine/recorder.

import { crc32 } from "./crc32.ts";
import { Cursor } from "./cursor.ts";
import {
  type Domain,
  domains,
  type EventCounts,
  type RawBatch,
  type RawCallDelta,
  type RawDeltas,
  type RawKey,
  type RawSite,
} from "./records.ts";
import { count, nanoseconds } from "./units.ts";
import { WireError } from "./wire-error.ts";
import { decodeErrors, readErrorKey } from "./wire-errors.ts";
import { decodeHolds, readGil } from "./wire-gil.ts";
import { decodeChanges, readWatchState } from "./wire-history.ts";

export const wireVersion = 2;
export const wireMagic = 0x31435352; // "RSC1"
/** Byte offsets of the batch header; agent/native/wire.h has the same, and a test compares the two. */
export const batchHeader = {
  magic: 0,
  version: 4,
  sections: 6,
  bytes: 8,
  flags: 12,
  sequence: 16,
  time: 24,
  producedAllocations: 32,
  producedFrees: 40,
  droppedAllocations: 48,
  droppedFrees: 56,
  producedHolds: 64,
  droppedHolds: 72,
  producedErrors: 80,
  droppedErrors: 88,
  size: 96,
} as const;
export const sectionHeader = { kind: 0, records: 4, bytes: 8, crc: 12, size: 16 } as const;
export const sectionKinds = {
  sites: 1,
  keys: 2,
  deltas: 3,
  holds: 4,
  gil: 5,
  errorKeys: 6,
  errors: 7,
  calls: 8,
  history: 9,
  watched: 10,
} as const;
export const lastBatchFlag = 1;
/** What a batch may hold at most; more is not ours. */
export const batchLimit = 64 * 1024 * 1024;

interface Section {
  readonly kind: number;
  readonly records: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

/** @throws WireError when the bytes are not a batch of this version; the caller drops the batch and says so. */
export function decodeBatch(bytes: Uint8Array): RawBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkHeader(view);
  const sections = splitSections(bytes, view);
  const records = <T>(kind: number, read: (cursor: Cursor) => T): readonly T[] =>
    sections.filter((s) => s.kind === kind).flatMap((s) => readAll(s, read));
  const deltas = sections.find((s) => s.kind === sectionKinds.deltas);
  const holds = sections.find((s) => s.kind === sectionKinds.holds);
  const errors = sections.find((s) => s.kind === sectionKinds.errors);
  const changes = sections.find((s) => s.kind === sectionKinds.history);
  const at = (offset: number) => Number(view.getBigUint64(offset, true));
  return {
    sequence: at(batchHeader.sequence),
    time: nanoseconds(at(batchHeader.time)),
    last: (view.getUint32(batchHeader.flags, true) & lastBatchFlag) !== 0,
    produced: countsAt(at, "produced"),
    dropped: countsAt(at, "dropped"),
    sites: records(sectionKinds.sites, readSite),
    keys: records(sectionKinds.keys, readKey),
    deltas: decodeDeltas(deltas?.bytes ?? new Uint8Array(), deltas?.records ?? 0),
    deltaBytes: deltas?.bytes ?? new Uint8Array(),
    deltaCrc: deltas?.crc ?? 0,
    holds: decodeHolds(holds?.bytes ?? new Uint8Array(), holds?.records ?? 0),
    holdBytes: holds?.bytes ?? new Uint8Array(),
    holdCrc: holds?.crc ?? 0,
    gil: records(sectionKinds.gil, readGil)[0],
    errorKeys: records(sectionKinds.errorKeys, readErrorKey),
    errors: decodeErrors(errors?.bytes ?? new Uint8Array(), errors?.records ?? 0),
    errorBytes: errors?.bytes ?? new Uint8Array(),
    errorCrc: errors?.crc ?? 0,
    calls: decodeCalls(sections.find((s) => s.kind === sectionKinds.calls)),
    changes: decodeChanges(changes?.bytes ?? new Uint8Array(), changes?.records ?? 0),
    changeBytes: changes?.bytes ?? new Uint8Array(),
    changeCrc: changes?.crc ?? 0,
    watched: records(sectionKinds.watched, readWatchState),
  };
}

function countsAt(at: (offset: number) => number, what: "produced" | "dropped"): EventCounts {
  return {
    allocations: count(at(batchHeader[`${what}Allocations`])),
    frees: count(at(batchHeader[`${what}Frees`])),
    holds: count(at(batchHeader[`${what}Holds`])),
    errors: count(at(batchHeader[`${what}Errors`])),
  };
}

function checkHeader(view: DataView): void {
  if (view.byteLength < batchHeader.size || view.byteLength > batchLimit)
    throw new WireError(`a batch of ${view.byteLength} bytes`);
  if (view.getUint32(batchHeader.magic, true) !== wireMagic) throw new WireError("no batch magic");
  const version = view.getUint16(batchHeader.version, true);
  if (version !== wireVersion) throw new WireError(`wire version ${version}, known is ${wireVersion}`);
  if (view.getUint32(batchHeader.bytes, true) !== view.byteLength)
    throw new WireError("batch length differs from its header");
}

function splitSections(bytes: Uint8Array, view: DataView): readonly Section[] {
  const sections: Section[] = [];
  let at: number = batchHeader.size;
  for (let left = view.getUint16(batchHeader.sections, true); left > 0; left--) {
    if (at + sectionHeader.size > bytes.length) throw new WireError("section header outside the batch");
    const length = view.getUint32(at + sectionHeader.bytes, true);
    const start = at + sectionHeader.size;
    if (start + length > bytes.length) throw new WireError("section outside the batch");
    const body = bytes.subarray(start, start + length);
    const crc = view.getUint32(at + sectionHeader.crc, true);
    if (crc32(body) !== crc) throw new WireError("section checksum differs");
    sections.push({
      kind: view.getUint32(at, true),
      records: view.getUint32(at + sectionHeader.records, true),
      crc,
      bytes: body,
    });
    at = start + length;
  }
  return sections;
}

function readAll<T>(section: Section, read: (cursor: Cursor) => T): readonly T[] {
  if (section.records > section.bytes.length) throw new WireError("more records than bytes");
  const cursor = new Cursor(section.bytes);
  return Array.from({ length: section.records }, () => read(cursor));
}

function readSite(cursor: Cursor): RawSite {
  const id = cursor.unsigned();
  const native = cursor.address();
  const depth = cursor.unsigned();
  if (depth > 64) throw new WireError(`a site of ${depth} frames`);
  return {
    id,
    native,
    frames: Array.from({ length: depth }, () => ({ code: cursor.unsigned(), instruction: cursor.unsigned() })),
  };
}

function readKey(cursor: Cursor): RawKey {
  return {
    id: cursor.unsigned(),
    type: cursor.unsigned(),
    site: cursor.unsigned(),
    domain: domainOf(cursor.unsigned()),
  };
}

function domainOf(number: number): Domain {
  const domain = domains[number];
  if (domain === undefined) throw new WireError(`domain ${number}`);
  return domain;
}

/** Keys ascend and are sent as differences; the four counters are zigzag varints. Also reads stored chunks. */
export function decodeDeltas(bytes: Uint8Array, length: number): RawDeltas {
  if (length > bytes.length) throw new WireError("more deltas than bytes");
  const column = () => new Float64Array(length);
  const deltas = {
    length,
    key: new Uint32Array(length),
    allocations: column(),
    frees: column(),
    allocatedBytes: column(),
    freedBytes: column(),
  };
  const cursor = new Cursor(bytes);
  let key = 0;
  for (let row = 0; row < length; row++) {
    key += cursor.unsigned();
    deltas.key[row] = key;
    deltas.allocations[row] = cursor.signed();
    deltas.frees[row] = cursor.signed();
    deltas.allocatedBytes[row] = cursor.signed();
    deltas.freedBytes[row] = cursor.signed();
  }
  return deltas;
}

function decodeCalls(section: Section | undefined): readonly RawCallDelta[] {
  if (section === undefined) return [];
  let id = 0;
  return readAll(section, (cursor) => {
    id += cursor.unsigned();
    return { id, calls: count(cursor.unsigned()) };
  });
}
