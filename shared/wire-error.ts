// Used by wire.ts, wire-gil.ts and wire-errors.ts, and by who reads stored chunks.

/** Why bytes are no batch: text for a log, never shown as the target's words. */
export class WireError extends Error {}
