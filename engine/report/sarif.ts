// A comparison in, SARIF 2.1.0 out: what got worse as results with their lines, for code scanning. Next: cli/verbs/compare.ts.
import { createHash } from "node:crypto";
import type { Comparison, ComparisonRow } from "../../shared/comparison-document.ts";
import type { Frame } from "../../shared/documents.ts";
import { portableFile } from "../compare/identity.ts";
import { frameText } from "./finding.ts";
import { rate, visible } from "./words.ts";

const schema = "https://json.schemastore.org/sarif-2.1.0.json";
const rules = [
  { id: "new-leak", text: "Memory grows where it did not grow before." },
  { id: "worse", text: "Memory grows faster than before." },
] as const;
/** GitHub reads no more of one run. */
const mostResults = 5000;
const mostFrames = 100;

export function comparisonSarif({ verdict, reasons, rows }: Comparison, version: string): string {
  const found = rows.flatMap((row) => {
    const index = rules.findIndex(({ id }) => id === row.verdict);
    return index < 0 ? [] : [resultOf(row, index)];
  });
  const notes = reasons.map((reason) => ({ level: "warning", message: { text: plainText(visible(reason)) } }));
  const run = {
    tool: {
      driver: {
        name: "Refscope",
        version,
        rules: rules.map(({ id, text }) => ({ id, shortDescription: { text } })),
      },
    },
    invocations: [{ executionSuccessful: verdict !== "incomparable", toolExecutionNotifications: notes }],
    results: found.slice(0, mostResults),
    columnKind: "utf16CodeUnits",
  };
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

/** Brackets would be a link (SARIF 2.1.0, 3.11.6). */
const plainText = (text: string): string => text.replace(/[\\[\]]/g, "\\$&");

function resultOf(row: ComparisonRow, ruleIndex: number): object {
  const { verdict, type, site, a, b, unit } = row;
  const [frame] = site;
  const what = type === null ? "memory" : `\`${visible(type)}\``;
  const where = frame ? visible(frameText(frame)) : "an unknown place";
  return {
    ruleId: verdict,
    ruleIndex,
    level: "error",
    message: { text: plainText(`${what} from ${where}: ${rate(a)} → ${rate(b)} ${unit}`) },
    locations: frame ? [locationOf(frame)] : [],
    stacks: [{ frames: site.slice(0, mostFrames).map((one) => ({ location: locationOf(one) })) }],
    partialFingerprints: { "place/v1": fingerprint(row) },
  };
}

function locationOf({ function: name, file, line }: Frame): object {
  const uri = visible(portableFile(file)).split("/").map(encodeURIComponent).join("/");
  return {
    ...(uri === ""
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri },
            ...(line !== null && line > 0 ? { region: { startLine: line } } : {}),
          },
        }),
    logicalLocations: [{ name: visible(name), kind: "function" }],
  };
}

/** Without its line: the same finding after code above it moved. */
function fingerprint({ verdict, type, site: [frame] }: ComparisonRow): string {
  const place = [verdict, type, frame?.function ?? "", portableFile(frame?.file ?? "")];
  return createHash("sha256").update(JSON.stringify(place)).digest("hex").slice(0, 32);
}
