// A few values that exclude each other in, buttons side by side out: one is pressed.

interface Given<T> {
  readonly label: string;
  readonly choices: readonly { readonly value: T; readonly name: string }[];
  readonly value: T;
  readonly choose: (value: T) => void;
}

export function Choice<T extends string | number | boolean>({ label, choices, value, choose }: Given<T>) {
  return (
    <fieldset className="tabs" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={String(choice.value)}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => choose(choice.value)}
        >
          {choice.name}
        </button>
      ))}
    </fieldset>
  );
}
