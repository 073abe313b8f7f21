// A screen's filter and its table's fields in, the box that changes it out, with what is not understood below. Next: what it is told of
// refines the route. The grammar is that of shared/filter/, as on the command line.
import { useId, useRef } from "react";
import { type FieldKinds, type Fields, filterOf } from "../../shared/filter/filter.ts";
import { fieldsInWords, placeholderOf } from "../logic/completion.ts";
import { FilterOffers } from "./FilterOffers.tsx";
import { useOffers } from "./use-offers.ts";
import { Words } from "./Words.tsx";

interface Props<T> {
  /** What is filtered, for a screen reader. */
  readonly of: string;
  readonly fields: Fields<T>;
  readonly filter: string;
  readonly change: (filter: string) => void;
}

export function FilterBox<T>({ of, fields, filter, change }: Props<T>) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const offers = useOffers(input, fields, filter, change);
  const { problems } = filterOf(filter, fields);
  const list = `${id}-fields`;
  return (
    <div className="filter">
      <input
        ref={input}
        type="search"
        aria-label={`Filter ${of}`}
        aria-describedby={`${id}-about`}
        aria-invalid={problems.length > 0 || undefined}
        aria-autocomplete="list"
        aria-controls={offers.shown ? list : undefined}
        aria-activedescendant={offers.shown && offers.at >= 0 ? `${list}-${offers.at}` : undefined}
        placeholder={placeholderOf(fields)}
        title={fieldsInWords(fields)}
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={(event) => {
          change(event.target.value);
          offers.typed(event.target);
        }}
        onKeyDown={offers.onKeyDown}
        onBlur={offers.close}
      />
      {offers.shown && <FilterOffers id={list} offers={offers.shown} at={offers.at} take={offers.take} />}
      <Below id={`${id}-about`} fields={fields} problems={problems.map(({ what }) => what)} />
    </div>
  );
}

interface BelowGiven {
  readonly id: string;
  readonly fields: FieldKinds;
  readonly problems: readonly string[];
}
/** Whoever cannot see the fields hears them; what is not understood is seen by everybody. */
function Below({ id, fields, problems }: BelowGiven) {
  return (
    <p id={id} role="status" className={problems.length > 0 ? "filter-problem" : "heard"}>
      {problems.length > 0 ? (
        <Words text={`Not understood: ${problems.join("; ").replace(/`([^`]*)`/g, "“$1”")}.`} max={300} />
      ) : (
        fieldsInWords(fields)
      )}
    </p>
  );
}
