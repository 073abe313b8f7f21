// In: the page's tables of commands and keys. Out: that docs/keys.md says the same; `vitest run docs/keys.test.ts -u` writes it.
import { expect, test } from "vitest";
import { actionRows, moves, screens } from "../renderer/logic/commands.ts";

const code = (text: string) => `\`${text}\``;
const keysOf = (keys: string | undefined) => (keys === undefined ? "" : keys.split(" ").map(code).join(" "));
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const page = `# Keys and commands

\`Ctrl+K\` (or \`Ctrl+Shift+P\`, on a Mac with \`Cmd\`) opens the palette: every command below that can be given now, and every process and
recording, found by a few of its letters. What was done of late comes first. \`?\` shows the keys. All keys of one character can be switched
off in the settings; the palette, the arrows and \`Esc\` stay.

An id stays the same from version to version. A link may name one that goes to a screen, and no other: \`#/live?do=view.gil\`.

## Screens

${table(
  ["keys", "goes to", "id"],
  screens.map(({ keys, name, about, id }) => [keysOf(keys), about ?? name, code(id)]),
)}

## Commands

${table(
  ["keys", "does", "where", "id"],
  actionRows.map(({ keys, name, where, id }) => [keysOf(keys), name, where ?? "everywhere", code(id)]),
)}

## Moving

${table(
  ["keys", "does"],
  moves.map(({ keys, name }) => [keysOf(keys), name]),
)}
`;

test("the page on keys is that of the tables", async () => {
  await expect(page).toMatchFileSnapshot("keys.md");
});
