// A screen's filter in, the box that changes it out; every table is filtered with the same words. Next: what it is told of refines the route.

interface Props {
  /** What is filtered, for a screen reader. */
  readonly of: string;
  readonly filter: string;
  readonly change: (filter: string) => void;
}

export function FilterBox({ of, filter, change }: Props) {
  return (
    <input
      type="search"
      aria-label={`Filter ${of}`}
      placeholder="Filter: words, -without"
      value={filter}
      onChange={(event) => change(event.target.value)}
    />
  );
}
