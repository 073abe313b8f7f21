// A place that one of two recordings names, or both, in; its source as B keeps it, and as A does, out. Used by Diff.tsx.
import { Source } from "../../parts/Source.tsx";

interface Given {
  readonly a: string;
  readonly b: string;
  readonly file: string;
  readonly line: number | null;
}

export function EitherSource({ a, b, file, line }: Given) {
  return (
    <>
      <Source path={b} frame={{ file, line }} />
      <Source path={a} frame={{ file, line }} />
    </>
  );
}
