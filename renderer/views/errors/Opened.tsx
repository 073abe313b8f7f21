// The frames of an error in, its stack and the source around the innermost line, where the recording keeps it, out.
import type { Frame } from "../../../shared/documents.ts";
import { Source } from "../../parts/Source.tsx";
import { Stack } from "../../parts/Stack.tsx";

export function Opened({ path, frames }: { readonly path: string; readonly frames: readonly Frame[] }) {
  return (
    <>
      <Stack frames={frames} empty="No Python frame was running: C code raised it on its own thread." />
      <Source path={path} frame={frames[0]} />
    </>
  );
}
