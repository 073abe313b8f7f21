// A first page and a way to ask for another in; rows by their place, asked for when they are looked at, out. Next: parts/DataTable.tsx.
import { useEffect, useMemo, useRef, useState } from "react";
import type { Answer, Problem } from "../logic/loadable.ts";

type Page<T> = { readonly rows: readonly T[] };

interface Given<T> {
  /** What is asked about; other words, other rows. */
  readonly of: string;
  readonly first: Page<T> & { readonly of: number };
  readonly size: number;
  readonly ask: (offset: number) => Promise<Answer<Page<T>>>;
}

interface Pages<T> {
  readonly rows: { readonly length: number; at(index: number): T | undefined };
  readonly seen: (first: number, last: number) => void;
  readonly problem: Problem | undefined;
}

/** Of these the oldest is forgotten. */
const mostPages = 100;

export function usePages<T>({ of, first, size, ask }: Given<T>): Pages<T> {
  const [known, setKnown] = useState<ReadonlyMap<number, readonly T[]>>(new Map());
  const [problem, setProblem] = useState<Problem>();
  const wanted = useRef<number>(undefined);
  const asking = useRef(false);
  const shown = useRef(of);
  useEffect(() => {
    shown.current = of;
    setKnown(new Map());
    setProblem(undefined);
  }, [of]);
  useEffect(() => {
    return () => {
      shown.current = "";
    };
  }, []);
  const rows = useMemo(() => {
    const pageAt = (page: number) => (page === 0 ? first.rows : known.get(page));
    return { length: first.of, at: (index: number) => pageAt(Math.floor(index / size))?.[index % size] };
  }, [first, known, size]);
  /** One at a time, and then what is looked at by then: nobody waits for what flew past. */
  const next = async (): Promise<void> => {
    const page = wanted.current;
    if (page === undefined || asking.current) return;
    asking.current = true;
    const answer = await ask(page * size);
    asking.current = false;
    if (wanted.current === page) wanted.current = undefined;
    if (shown.current !== of) return;
    if (!answer.ok) return setProblem(answer.problem);
    setKnown((before) => new Map([...[...before].slice(1 - mostPages), [page, answer.value.rows]]));
    return next();
  };
  const seen = (from: number, to: number) => {
    // A page that came and lacks a row is not asked for again.
    const missing = [from, to].map((index) => Math.floor(index / size)).find((page) => page > 0 && !known.has(page));
    if (missing === undefined) return;
    wanted.current = missing;
    void next();
  };
  return { rows, seen, problem };
}
