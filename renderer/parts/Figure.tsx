// A chart with its heading, its one sentence, and the same numbers as a table for those who read rather than see.
import { type ReactNode, useId } from "react";
import { Scroll } from "./Scroll.tsx";

export interface Twin {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
interface Given {
  readonly title: string;
  readonly sentence: string;
  readonly twin: Twin;
  readonly whole?: boolean;
  readonly legend?: ReactNode;
  readonly children: ReactNode;
}

export function Figure({ title, sentence, twin, whole, legend, children }: Given) {
  const id = useId();
  return (
    <figure className={whole ? "card pad whole" : "card pad"} aria-labelledby={id}>
      <div className="between">
        <h2 id={id}>{title}</h2>
        {legend}
      </div>
      <p className="quiet">{sentence}</p>
      <div className="chart">{children}</div>
      <details className="twin">
        <summary>Show as table</summary>
        <TwinTable title={title} twin={twin} />
      </details>
    </figure>
  );
}

function TwinTable({ title, twin }: { readonly title: string; readonly twin: Twin }) {
  return (
    <Scroll className="table" label={`${title} as table`}>
      <table>
        <thead>
          <tr>
            {twin.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {twin.rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, at) => (
                <td key={twin.heads[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
