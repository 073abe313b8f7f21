// A count in, its digits as the settings want them out: 12,345 or 12.3 k, the exact one always in the tooltip. For tables and cards;
// sentences are exact.
import { count, shortCount } from "../logic/format.ts";
import { useApp } from "../state/app-context.ts";
import { useReadable } from "../state/use-poll.ts";

export function Count({ value }: { readonly value: number | null | undefined }) {
  const { digits } = useReadable(useApp().settings);
  const exact = count(value);
  const short = digits === "short" ? shortCount(value) : exact;
  return short === exact ? exact : <span title={exact}>{short}</span>;
}
