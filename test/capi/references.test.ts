// In: each CPython of this machine. Out: what its C API is seen to do with references (observed.py) is what the table says.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { expect, test } from "vitest";
import type { Row } from "../../shared/capi/row.ts";
import { apiTable } from "../../shared/capi/table.ts";
import { everyPython } from "../agent/pythons.ts";

const observation = v.object({
  name: v.string(),
  argument: v.optional(v.union([v.number(), v.literal("rest")])),
  rule: v.optional(v.string()),
  result: v.optional(v.string()),
});
const observed = v.object({ minor: v.number(), seen: v.array(observation) });
const table = apiTable();
const script = readFileSync(join(import.meta.dirname, "observed.py"), "utf8");

function said(row: Row | undefined, { argument, result }: v.InferOutput<typeof observation>): string {
  if (row === undefined) return "not there";
  if (result !== undefined) return row.result;
  const rule = argument === "rest" ? row.rest : row.arguments[argument ?? 0];
  // Every call of the script succeeds.
  return rule === "steals-on-success" ? "steals" : (rule ?? "none");
}

test.each(everyPython)("$name does as the table says", ({ start: [program, ...words] }) => {
  const text = execFileSync(program, [...words, "-c", script], { encoding: "utf8", timeout: 60_000 });
  const { minor, seen } = v.parse(observed, JSON.parse(text));
  const drawn = (one: v.InferOutput<typeof observation>, rule: string) =>
    `${one.name} ${one.argument ?? "result"}: ${rule}`;
  expect(seen.map((one) => drawn(one, said(table.function(one.name, minor), one)))).toEqual(
    seen.map((one) => drawn(one, one.rule ?? one.result ?? "")),
  );
  expect(seen.length).toBeGreaterThan(65);
  console.info(`3.${minor}: ${seen.length} observations`);
});
