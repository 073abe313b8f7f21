// Rows and their fields in; the box that filters them and those that stay, out. For tables whose filter is not worth a place in the address.
import { type ReactNode, useState } from "react";
import { type Fields, filterOf } from "../../shared/filter/filter.ts";
import { FilterBox } from "./FilterBox.tsx";

interface Filtered<T> {
  readonly kept: readonly T[];
  readonly box: ReactNode;
}

/** `of`: what is filtered, for a screen reader. */
export function useFilter<T>(of: string, fields: Fields<T>, rows: readonly T[]): Filtered<T> {
  const [filter, setFilter] = useState("");
  return {
    kept: rows.filter(filterOf(filter, fields).keeps),
    box: <FilterBox of={of} fields={fields} filter={filter} change={setFilter} />,
  };
}
