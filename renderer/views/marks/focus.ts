// The time of a mark in, the focus on the field that moves it out, where the list of marks is on the screen. Next: MarkRow.tsx.

/** A flag that is pressed has its row; a mark that was moved past another one has another row, and the focus goes with it. */
export function focusOn(at: number | undefined): void {
  const field = document.querySelector(`[data-mark="${at}"]`);
  if (field instanceof HTMLElement) field.focus();
}
