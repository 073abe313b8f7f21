// An address in, its text in a column ("0x7f00…") out. Used by writer.ts, history-writer.ts, audit-writer.ts.

export const hexadecimal = (address: bigint): string => `0x${address.toString(16)}`;
