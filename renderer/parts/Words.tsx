// Words that come from outside in, a text node in which nothing is invisible out. Every such word passes here.
import type { Part, Sentence } from "../logic/finding.ts";
import { visible } from "../logic/escape.ts";

interface Given {
  readonly text: string;
  readonly max?: number;
}

/** The whole of a cut text is in its tooltip, up to the cut every text gets. */
export function Words({ text, max }: Given) {
  const shown = visible(text, max);
  return shown === text ? shown : <span title={visible(text)}>{shown}</span>;
}

export function Code({ text, max }: Given) {
  return (
    <code title={text.length > (max ?? Number.POSITIVE_INFINITY) ? visible(text) : undefined}>{visible(text, max)}</code>
  );
}

const longestInSentence = 80;

export function Said({ sentence }: { readonly sentence: Sentence }) {
  // Parts of a sentence have no name of their own and never change places.
  return sentence.map((part, at) => <SaidPart key={`${at} ${part.kind}`} part={part} />);
}

function SaidPart({ part }: { readonly part: Part }) {
  return part.kind === "code" ? <Code text={part.text} max={longestInSentence} /> : <Words text={part.text} />;
}
