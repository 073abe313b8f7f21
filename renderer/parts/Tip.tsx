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
          <span className="quiet">{String(dataKey)}</span>{" "}
          <span className="strong">{typeof value === "number" ? format(value) : unknown}</span>
        </div>
      ))}
    </div>
  );
}
