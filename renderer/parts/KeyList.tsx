// The tables of logic/commands.ts in, every key with what it does out. Used by the sheet of keys and by the settings.
import { actionRows, moves, screens } from "../logic/commands.ts";

interface Key {
  readonly keys: string;
  readonly does: string;
}
const acting = actionRows.flatMap(({ keys, name, where }) => (keys === undefined ? [] : [{ keys, does: name, where }]));
const groups: readonly { readonly head: string; readonly keys: readonly Key[] }[] = [
  { head: "Go to", keys: screens.map(({ keys, name, about }) => ({ keys, does: about ?? name })) },
  {
    head: "Do",
    keys: [
      ...acting
        .filter(({ where }) => where !== "GIL")
        .map(({ keys, does, where }) => ({ keys, does: where ? `${does} (${where})` : does })),
      ...moves.map(({ keys, name }) => ({ keys, does: name })),
    ],
  },
  { head: "On the tracks of the GIL", keys: acting.filter(({ where }) => where === "GIL") },
];

export function KeyList() {
  return (
    <div className="key-groups">
      {groups.map(({ head, keys }) => (
        <section key={head}>
          <h2>{head}</h2>
          <dl>
            {keys.map((key) => (
              <KeyLine key={key.does} shown={key} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function KeyLine({ shown: { keys, does } }: { readonly shown: Key }) {
  return (
    <>
      <dt>
        <KeyWords keys={keys} />
      </dt>
      <dd>{does}</dd>
    </>
  );
}

/** "g p", "Ctrl+K" */
export function KeyWords({ keys }: { readonly keys: string }) {
  return keys.split(/[ +]/).map((key, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: "g g" has the same key twice
    <kbd key={at}>{key}</kbd>
  ));
}
