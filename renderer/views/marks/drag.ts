// The marks of a recording in, what a drag of one of their flags does to them out. Next: parts/Flags.tsx.
import type { Drag } from "../../parts/Flags.tsx";
import type { MarkStore } from "../../state/marks.ts";
import { focusOn } from "./focus.ts";

export const dragOf = (store: MarkStore): Drag => ({
  preview: (move) => store.preview.set(move),
  drop: ({ at, to }) => void store.move(at, to),
  press: focusOn,
});
