// Bytes in, their short form out, the exact number in the tooltip.
import { bytes, exactBytes } from "../logic/format.ts";

export function Size({ value }: { readonly value: number | null | undefined }) {
  return <span title={exactBytes(value)}>{bytes(value)}</span>;
}
