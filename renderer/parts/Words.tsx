// Words that come from outside in, a text node in which nothing is invisible out. Every such word passes here.

import { visible } from "../logic/escape.ts";
import type { Part, Sentence } from "../logic/finding.ts";

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
    <code title={text.length > (max ?? Number.POSITIVE_INFINITY) ? visible(text) : undefined}>
      {visible(text, max)}
    </code>
  );
}

const longestInSentence = 80;

export function Said({ sentence }: { readonly sentence: Sentence }) {
  return sentence.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have no name and never change places
    <SaidPart key={at} part={part} />
  ));
}

function SaidPart({ part }: { readonly part: Part }) {
  return part.kind === "code" ? <Code text={part.text} max={longestInSentence} /> : <Words text={part.text} />;
}
