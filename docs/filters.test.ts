// In: the fields of every table. Out: that docs/filters.md says the same; `vitest run docs/filters.test.ts -u` writes it.
import { expect, test } from "vitest";
import {
  changeFields,
  comparedFields,
  comparisonFields,
  findingFields,
  functionFields,
  heapTypeFields,
  holderFields,
  recordingFields,
  replacedFields,
  survivorFields,
} from "../renderer/logic/fields.ts";
import {
  intervalFields,
  processFields,
  raisedFields,
  siteFields,
  threadFields,
  typeFields,
} from "../shared/filter/fields.ts";
import type { FieldKinds } from "../shared/filter/filter.ts";

const tables: readonly (readonly [string, string, FieldKinds])[] = [
  ["sites", "What grows; `report`", siteFields],
  ["types", "What grows; `report`", typeFields],
  ["growth between marks", "What grows", intervalFields],
  ["errors", "Errors; `report`", raisedFields],
  ["threads", "`report`", threadFields],
  ["processes", "Processes; `ps`", processFields],
  ["recordings", "Recordings", recordingFields],
  ["survivors", "Live", survivorFields],
  ["compared places", "Compare", comparisonFields],
  ["findings of an extension", "Extensions", findingFields],
  ["functions of an extension", "Extensions", functionFields],
  ["types of a snapshot", "Snapshot", heapTypeFields],
  ["two snapshots", "Snapshot", comparedFields],
  ["who refers to an object", "Why", holderFields],
  ["changes of a count", "Object", changeFields],
  ["what is replaced", "Share", replacedFields],
];
const named = (fields: FieldKinds, words: boolean): string =>
  Object.entries(fields)
    .filter(([, { kind }]) => (kind === "words") === words)
    .map(([name]) => `\`${name}\``)
    .join(" ");
const rows = tables.map(
  ([name, where, fields]) => `| ${name} | ${where} | ${named(fields, true)} | ${named(fields, false)} |`,
);

const page = `# Filters

One grammar in every box of the page and behind \`--filter\` of \`report\` and \`ps\`:

    type:dict module:app -thread:gc size>1k live>=100 "two words" file:x.py

| | |
| --- | --- |
| \`word\` | somewhere in the row's words; case does not matter |
| \`"two words"\` | the same with a space in it; nothing in quotes is a field |
| \`type:dict\` | \`dict\` is a part of the field's words; with several words, such as a stack's files, of one of them |
| \`type=dict\` | all of one of its words |
| \`live>100\` | also \`>=\` \`<\` \`<=\` and \`:\` or \`=\` for exactly that; without a space |
| \`-…\` | before any of these: not |

What stands side by side must all be true. Unknown is neither more nor less than anything: \`-size>1k\` keeps it, \`size<1k\` does not.

Counts may end in \`k\` \`M\` \`G\` \`T\` (thousands), sizes in these, in \`kB\` … or in \`KiB\` \`MiB\` \`GiB\` \`TiB\` (1024), times in \`ns\` \`us\` \`ms\` \`s\`
\`m\` \`h\` \`d\`, rates in \`/s\` as well. \`std::list\`, \`app.py:12\` and \`<module>\` are words.

What is not understood is told with what there is instead. In the page it filters nothing; on the command line it is a wrong use (exit code 2).
\`report\` filters each of its lists that has all fields of the filter, leaves the others as they are, and says how many rows of how many
stay: sums, findings and losses are those of the whole recording only without a filter. In a document of \`--json\` that is said on stderr.

## Fields

| rows | where | words | numbers |
| --- | --- | --- | --- |
${rows.join("\n")}

A site's \`module\` is that of its type and the files of its stack without folder and ending; \`size\` is what is alive of it, \`growth\` and
\`bytes\` are by the second. In the page the names are offered while one types; ↓ and Enter take one.
`;

test("the page on filters is that of the fields", async () => {
  await expect(page).toMatchFileSnapshot("filters.md");
});
