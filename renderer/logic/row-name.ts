// A row's key in, a short name of it for the address out: an address has no room for a stack. Next: views/grows, views/errors.
import { crc32 } from "../../shared/crc32.ts";

/** Two rows of a table may share a name once in a million tables; then both are open. */
export const rowName = (key: string): string => (crc32(new TextEncoder().encode(key)) >>> 0).toString(16);
