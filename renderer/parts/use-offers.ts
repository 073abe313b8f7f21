// A filter box in, which fields it offers and how one of them is taken, by keys or by pointer, out. Used by FilterBox.tsx.
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { FieldKinds } from "../../shared/filter/filter.ts";
import { completed, type Offer, type Offers, offersAt } from "../logic/completion.ts";

export function useOffers(
  input: RefObject<HTMLInputElement | null>,
  fields: FieldKinds,
  filter: string,
  change: (filter: string) => void,
) {
  const [shown, show] = useState<Offers | undefined>(undefined);
  // None until an arrow is pressed: Enter and Tab mean what they always do.
  const [at, setAt] = useState(-1);
  const caret = useRef<number | undefined>(undefined);
  // Together with the new text: the next letter belongs behind what was taken.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box has the text when the filter is another
  useLayoutEffect(() => {
    if (caret.current !== undefined) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [filter, input]);
  const close = () => show(undefined);
  const offer = (text: string, from: number, all: boolean) => {
    setAt(all ? 0 : -1);
    show(offersAt(text, from, fields, all));
  };
  const take = (taken: Offer) => {
    if (!shown) return;
    caret.current = shown.from + taken.text.length;
    change(completed(filter, shown, taken));
    close();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const here = shown?.names[at];
    if (event.key === "ArrowDown" && !shown) offer(filter, event.currentTarget.selectionStart ?? filter.length, true);
    else if (!shown) return;
    else if (event.key === "ArrowDown") setAt((at + 1) % shown.names.length);
    else if (event.key === "ArrowUp") setAt((Math.max(at, 0) + shown.names.length - 1) % shown.names.length);
    else if (event.key === "Enter" && here) take(here);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  const typed = (box: HTMLInputElement) => offer(box.value, box.selectionStart ?? box.value.length, false);
  return { shown, at, close, take, onKeyDown, typed };
}
