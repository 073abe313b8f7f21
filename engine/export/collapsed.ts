// Stacks in, a line a stack out, outermost frame first, as flamegraph.pl, inferno and speedscope read it. Next: export.ts.
import type { Frame } from "../../shared/documents.ts";
import type { Stacks } from "./stacks.ts";

/** The first measure alone: the format has room for one number. */
export function collapsed({ rows }: Stacks): Uint8Array {
  const lines = rows.flatMap(({ frames, subject, values: [value = 0] }) => {
    const names = frames.toReversed().map(frameName);
    const stack = subject === undefined ? names : [...names, `[${subject}]`];
    return value > 0 && stack.length > 0 ? [`${stack.map(plain).join(";")} ${value}\n`] : [];
  });
  return new TextEncoder().encode(lines.join(""));
}

const frameName = ({ function: name, file, line }: Frame): string =>
  file === "" ? name : `${name} (${file}${line === null ? "" : `:${line}`})`;

/** A semicolon would begin another frame. Line breaks are not in names any more. */
const plain = (name: string): string => name.replaceAll(";", ":");
