// Fields that could be meant in, the list under a filter box out. Used by FilterBox.tsx.
import type { Offer, Offers } from "../logic/completion.ts";

interface Given {
  readonly id: string;
  readonly offers: Offers;
  readonly at: number;
  readonly take: (offer: Offer) => void;
}

export function FilterOffers({ id, offers, at, take }: Given) {
  return (
    <div id={id} role="listbox" aria-label="Fields" className="offers">
      {offers.names.map((offer, n) => (
        <div
          key={offer.name}
          id={`${id}-${n}`}
          role="option"
          tabIndex={-1}
          aria-selected={n === at}
          // The box keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(offer)}
          onKeyDown={undefined}
        >
          <code>{offer.text}</code> <span className="faint">{offer.means}</span>
        </div>
      ))}
    </div>
  );
}
