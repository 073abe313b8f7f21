// How long a diagnosis may take in; when it does what, in seconds since it began, out. Used by run.ts.

export interface Plan {
  readonly forSeconds: number;
  /** When heap graphs are taken. */
  readonly takes: readonly number[];
  /** When it looks at what was recorded so far; the last of them ends the recording, whatever it shows. */
  readonly looks: readonly number[];
  /** The longest that one object is watched, and one module audited. */
  readonly watchSeconds: number;
  readonly auditSeconds: number;
  /** So long it has at least to have somebody named. */
  readonly namingSeconds: number;
}

export const defaultSeconds = 30;
/** In less there is no time to name anybody. */
export const leastSeconds = 8;

const graphs = 4;
const firstLook = 0.42;
const warmUp = 0.1;

export function planFor(forSeconds: number = defaultSeconds): Plan {
  const look = Math.max(leastSeconds / 2, forSeconds * firstLook);
  const warm = Math.min(5, Math.max(1, forSeconds * warmUp));
  const gap = (look - 0.4 - warm) / (graphs - 1);
  const takes = Array.from({ length: graphs }, (_, at) => warm + at * gap);
  // Where nothing shows at the first look, it goes on to the end: a slow leak takes its time.
  const end = forSeconds - 0.5;
  return {
    forSeconds,
    takes: [...takes, (look + end) / 2, end - 0.5],
    looks: [look, end],
    watchSeconds: Math.min(3, forSeconds * 0.1),
    namingSeconds: Math.min(30, forSeconds * 0.4),
    auditSeconds: Math.min(8, Math.max(2, forSeconds * 0.17)),
  };
}
