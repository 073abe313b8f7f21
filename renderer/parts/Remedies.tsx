// Ways around a refusal in, each with its command to copy and what it weakens out, the least weakening one first.
import type { Remedy } from "../../shared/remedy.ts";
import { Copy } from "./Copy.tsx";
import { Words } from "./Words.tsx";

export function Remedies({ remedies }: { readonly remedies: readonly Remedy[] }) {
  return (
    <>
      <p className="quiet">What helps, in a terminal; what weakens least comes first.</p>
      <ol className="remedies">
        {remedies.map((remedy) => (
          <Way key={remedy.does} remedy={remedy} />
        ))}
      </ol>
    </>
  );
}

/** The whole command: it is what one is about to run as root. */
const Way = ({ remedy: { does, command, weakens } }: { readonly remedy: Remedy }) => (
  <li>
    <p>
      <Words text={does} />
      {command === null ? "." : ":"}
    </p>
    {command !== null && (
      <p className="row">
        <code>
          <Words text={command} />
        </code>
        <Copy label="Copy" text={command} />
      </p>
    )}
    <p className="faint">
      Weakens <Words text={weakens} />.
    </p>
  </li>
);
