// What was asked last in; a field for an address or a type, with the types of the snapshot to choose from, out.
import { type FormEvent, useId, useMemo, useState } from "react";
import { visible } from "../../logic/escape.ts";
import { type WhyRoute, why } from "../../logic/heap-route.ts";
import { known } from "../../logic/loadable.ts";
import { objectAsked } from "../../logic/why.ts";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { go } from "../../state/use-route.ts";

const offered = 300;

export function Search({ route, path }: { readonly route: WhyRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { id } = route;
  const poll = useMemo(
    () => createPoll(bridge, "heap.types", { path, limit: offered, ...(id === undefined ? {} : { id }) }),
    [bridge, path, id],
  );
  const types = known(usePoll(poll))?.rows ?? [];
  const [text, setText] = useState(visible(route.object.replace(/^type:/, "")));
  const field = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const object = objectAsked(text);
    if (object !== "") go(why(path, object, id));
  };
  return (
    <form className="row below ask" onSubmit={submit} aria-label="Object">
      <label htmlFor={field}>Address or type</label>
      <input
        id={field}
        type="text"
        list={`${field}-types`}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={`${field}-types`}>
        {types.map(({ type }) => (
          <option key={type} value={visible(type, 120)} />
        ))}
      </datalist>
      <button type="submit">Look</button>
    </form>
  );
}
