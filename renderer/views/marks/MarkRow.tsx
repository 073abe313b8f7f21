// A mark in, its row in the list out: a field for its time, one for its name, and a way to remove it. Next: MarkList.tsx.
import { type KeyboardEvent, useEffect, useState } from "react";
import type { Mark } from "../../../shared/marks.ts";
import { visible } from "../../logic/escape.ts";
import { type Flag, secondsOf, toMillisecond } from "../../logic/marks.ts";
import type { MarkStore } from "../../state/marks.ts";
import { focusOn } from "./focus.ts";

interface Given {
  readonly store: MarkStore;
  readonly mark: Mark;
  readonly flag: Flag;
}

export function MarkRow({ store, mark, flag }: Given) {
  return (
    <tr>
      <td className="text">
        <NameField store={store} mark={mark} flag={flag} />
      </td>
      <td>
        <TimeField store={store} mark={mark} flag={flag} />
      </td>
      <td className="text quiet">{mark.live ? "while it went on" : "afterwards"}</td>
      <td>
        <button
          type="button"
          className="small"
          aria-label={`Remove mark ${flag.label}`}
          onClick={() => void store.remove(mark)}
        >
          Remove
        </button>
      </td>
    </tr>
  );
}

const steps: Readonly<Record<string, number>> = { "[": -1, "]": 1 };

/** The flag follows what is typed; Enter, or leaving the field, has it stay there. */
function TimeField({ store, mark, flag }: Given) {
  const [text, setText] = useState(String(mark.at));
  useEffect(() => setText(String(mark.at)), [mark.at]);
  const type = (typed: string) => {
    setText(typed);
    const to = secondsOf(typed);
    store.preview.set(to === undefined || to === mark.at ? undefined : { at: mark.at, to });
  };
  const drop = () => {
    setText(String(mark.at));
    store.preview.set(undefined);
  };
  const commit = () => {
    const to = secondsOf(text);
    if (to === undefined) drop();
    else if (to !== mark.at) void store.move(mark.at, to);
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      type(String(toMillisecond((secondsOf(text) ?? mark.at) + step)));
    } else if (event.key === "Enter")
      void store.move(mark.at, secondsOf(text) ?? mark.at).then(() => focusOn(secondsOf(text)));
    else if (event.key === "Escape") drop();
  };
  return (
    <input
      type="number"
      min={0}
      step={0.1}
      data-mark={mark.at}
      aria-label={`Time of mark ${flag.label} in seconds`}
      value={text}
      onChange={(event) => type(event.target.value)}
      onKeyDown={press}
      onBlur={commit}
    />
  );
}

function NameField({ store, mark, flag }: Given) {
  const [text, setText] = useState(visible(mark.name));
  useEffect(() => setText(visible(mark.name)), [mark.name]);
  const commit = () => {
    const name = text.trim();
    if (name === "") setText(visible(mark.name));
    else if (name !== visible(mark.name)) void store.rename(mark, name);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") setText(visible(mark.name));
  };
  return (
    <input
      type="text"
      maxLength={80}
      aria-label={`Name of mark ${flag.label}`}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={press}
      onBlur={commit}
    />
  );
}
