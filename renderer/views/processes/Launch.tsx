// Nothing in; how a program is started so that it is recorded from its first line, out: by a terminal, because no page may start programs.
import { Copy } from "../../parts/Copy.tsx";

const command = "refscope run -- python app.py";

export const Launch = () => (
  <details className="card pad elsewhere">
    <summary>Launch a program</summary>
    <p>
      A program that Refscope starts is recorded from its first line on, and may be traced where others may not. In a
      terminal; in a checkout it is <code>./refscope</code>:
    </p>
    <p className="row">
      <code>{command}</code>
      <Copy label="Copy the command" text={command} />
    </p>
  </details>
);
