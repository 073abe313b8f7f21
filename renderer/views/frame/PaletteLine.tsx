// A line of the palette in, its name with the letters that were meant, what stands beside it and its keys out.

import { visible } from "../../logic/escape.ts";
import type { Command, Line } from "../../logic/palette.ts";
import { KeyWords } from "../../parts/KeyList.tsx";
import { Words } from "../../parts/Words.tsx";

interface Given {
  readonly id: string;
  readonly line: Line;
  readonly isHere: boolean;
  readonly take: (command: Command) => void;
}

export function PaletteLine({ id, line: { command, at }, isHere, take }: Given) {
  const { name, detail, group, keys } = command;
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isHere}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => take(command)}
      onKeyDown={undefined}
    >
      <span className="name">
        <Meant name={name} at={at} />
      </span>
      <span className="detail faint">{detail && <Words text={detail} max={80} />}</span>
      {keys ? (
        <span className="keys">
          <KeyWords keys={keys} />
        </span>
      ) : (
        <span className="faint">{group}</span>
      )}
    </div>
  );
}

/** Letter by letter only where nothing in the name had to be made visible: places are those of the name as it is. */
function Meant({ name, at }: { readonly name: string; readonly at: readonly number[] }) {
  if (at.length === 0 || visible(name) !== name) return <Words text={name} max={80} />;
  return [...name].map((letter, n) =>
    at.includes(n) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: letters have no name and never change places
      <b key={n}>{letter}</b>
    ) : (
      letter
    ),
  );
}
