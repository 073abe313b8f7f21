// Lists of names and patterns (`*`, `[A-Z]`, `_?`, `NAME@8-10`) in, which of them speaks for a function out. The most exact one does.
// A pattern that speaks for nothing is a slip of the pen and ends the generator. Next: derive.ts.

interface Pattern {
  readonly text: string;
  readonly expression: RegExp;
  readonly first: number;
  readonly last: number;
}

function parse(word: string): Pattern {
  const [text = "", versions = ""] = word.split("@");
  const [first = 0, last = 99] = versions === "" ? [] : versions.split("-").map(Number);
  const expression = new RegExp(`^${text.replaceAll("*", "\\w*")}$`);
  return { text, expression, first, last };
}

/** Exact names before patterns, long patterns before short ones. */
const weight = ({ text }: Pattern): number => (/[*[?(]/.test(text) ? text.length : 1000);

export class Patterns<T> {
  readonly #rows: readonly { readonly pattern: Pattern; readonly value: T }[];
  readonly #used = new Set<Pattern>();

  constructor(lists: Iterable<readonly [T, string | readonly string[]]>) {
    this.#rows = [...lists]
      .flatMap(([value, list]) =>
        (typeof list === "string" ? list.trim().split(/\s+/) : list).map((word) => ({ pattern: parse(word), value })),
      )
      .toSorted((a, b) => weight(b.pattern) - weight(a.pattern));
  }

  /** `minor` is a minor version in which the function is there. */
  find(name: string, minor: number): T | undefined {
    const row = this.#rows.find(
      ({ pattern }) => minor >= pattern.first && minor <= pattern.last && pattern.expression.test(name),
    );
    if (row !== undefined) this.#used.add(row.pattern);
    return row?.value;
  }

  unused(): readonly string[] {
    return this.#rows.filter(({ pattern }) => !this.#used.has(pattern)).map(({ pattern }) => pattern.text);
  }
}
