// Charts that have something new to draw in, one after the other out, so that no task of the page draws two of them. Next: use-turn.ts.

/** A frame for the drawing, and one for what was pressed meanwhile. */
const turnMs = 32;

export interface Turns {
  /** Calls `draw` when the turn comes; the answer gives the turn up. */
  next(draw: () => void): () => void;
}

export function createTurns(): Turns {
  const waiting = new Set<() => void>();
  let busy = false;
  const turn = () => {
    const [draw] = waiting;
    busy = draw !== undefined;
    if (!draw) return;
    waiting.delete(draw);
    draw();
    setTimeout(turn, turnMs);
  };
  return {
    next(draw) {
      waiting.add(draw);
      if (!busy) setTimeout(turn);
      busy = true;
      return () => waiting.delete(draw);
    },
  };
}
