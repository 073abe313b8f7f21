// A recording in; what threatens it, or makes its figures less than what happened, out: nothing where all is well.
import { cautionsOf } from "../../logic/cautions.ts";
import type { RecordingView } from "../../logic/recording.ts";
import { Note } from "../../parts/States.tsx";

export const Cautions = ({ view }: { readonly view: RecordingView }) =>
  cautionsOf(view).map(({ title, text }) => <Note key={title} title={title} text={text} />);
