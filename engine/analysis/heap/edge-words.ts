// An edge in; how people write it out: `["users"]`, `[3]`, `.name`, `local x`. Next: heap-rows.ts.
import { edgeKind, type HeapGraph, type HeapRoot, noLabel } from "./heap-graph.ts";

export function edgeWords(graph: HeapGraph, edge: number): string {
  const label = graph.edgeLabels[edge] ?? noLabel;
  const name = label === noLabel ? undefined : graph.names[label];
  switch (graph.edgeKinds[edge]) {
    case edgeKind.item:
      return label === noLabel ? "an item" : `[${label}]`;
    case edgeKind.key:
      return "a key";
    case edgeKind.value:
      return name === undefined ? "a value" : `[${JSON.stringify(name)}]`;
    case edgeKind.attribute:
      return name === undefined ? "an attribute" : `.${name}`;
    case edgeKind.cell:
      return "cell contents";
    case edgeKind.local:
      return name === undefined ? "a local variable" : `local ${name}`;
    case edgeKind.type:
      return "its type";
    case edgeKind.word:
      return "a word in its memory";
    default:
      return label === noLabel ? "inside" : `inside (${label})`;
  }
}

export function rootWords({ kind, name }: HeapRoot): string {
  switch (kind) {
    case "module":
      return `module ${name}`;
    case "frame":
      return name;
    case "builtin":
      return `builtin ${name}`;
    case "interpreter":
      return name;
    default:
      return kind satisfies never;
  }
}
