// What Recharts says is under the pointer in, the small sheet that floats beside it out.
import { duration, unknown } from "../logic/format.ts";

interface Given {
  readonly shown: {
    readonly active?: boolean;
    readonly label?: string | number | undefined;
    readonly payload?: readonly { readonly dataKey?: unknown; readonly value?: unknown }[];
  };
  readonly format: (value: number) => string;
}

export function Tip({ shown, format }: Given) {
  if (!shown.active || !shown.payload?.length) return null;
  return (
    <div className="tip">
      <span className="faint">at {duration(Number(shown.label))}</span>
      {shown.payload.map(({ dataKey, value }) => (
        <div key={String(dataKey)}>
          <span className="quiet">{isRange(value) ? "between" : String(dataKey)}</span>{" "}
          <span className="strong">{textOf(value, format)}</span>
        </div>
      ))}
    </div>
  );
}

/** A band is a pair without a name. */
const isRange = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function textOf(value: unknown, format: (value: number) => string): string {
  if (isRange(value)) return value.map((end) => textOf(end, format)).join(" and ");
  return typeof value === "number" ? format(value) : unknown;
}
