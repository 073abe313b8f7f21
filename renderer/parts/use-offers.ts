// A filter box in, which fields it offers and how one of them is taken, by keys or by pointer, out. Used by FilterBox.tsx.
import { type KeyboardEvent, type RefObject, useState } from "react";
import type { FieldKinds } from "../../shared/filter/filter.ts";
import { completed, type Offer, type Offers, offersAt } from "../logic/completion.ts";

export function useOffers(
  input: RefObject<HTMLInputElement | null>,
  fields: FieldKinds,
  filter: string,
  change: (filter: string) => void,
) {
  const [shown, show] = useState<Offers | undefined>(undefined);
  const [at, setAt] = useState(0);
  const close = () => show(undefined);
  const offer = (text: string, caret: number, all: boolean) => {
    setAt(0);
    show(offersAt(text, caret, fields, all));
  };
  const take = (taken: Offer) => {
    if (!shown) return;
    const caret = shown.from + taken.text.length;
    change(completed(filter, shown, taken));
    close();
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const here = shown?.names[at];
    if (!shown || !here) {
      if (event.key !== "ArrowDown") return;
      offer(filter, event.currentTarget.selectionStart ?? filter.length, true);
    } else if (event.key === "ArrowDown") setAt((at + 1) % shown.names.length);
    else if (event.key === "ArrowUp") setAt((at + shown.names.length - 1) % shown.names.length);
    else if (event.key === "Enter" || event.key === "Tab") take(here);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  const typed = (box: HTMLInputElement) => offer(box.value, box.selectionStart ?? box.value.length, false);
  return { shown, at, close, take, onKeyDown, typed };
}
