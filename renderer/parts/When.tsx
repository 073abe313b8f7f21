// A time of a wall clock in, the same in the reader's own zone out; the tooltip has it with its offset.
import { exactTime, unknown, when } from "../logic/format.ts";

interface Given {
  readonly iso: string | null | undefined;
  /** To the minute: who looks for something knows about when it was. */
  readonly minute?: boolean;
}

export function When({ iso, minute }: Given) {
  const exact = exactTime(iso);
  if (exact === unknown) return unknown;
  return (
    <time dateTime={exact} title={exact}>
      {minute ? when(iso).replace(/:\d\d$/, "") : when(iso)}
    </time>
  );
}
