// In: the ways around a denied permission. Out: that docs/permissions.md says the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { remedyOf } from "../engine/preflight/remedies.ts";
import type { Remedy } from "../shared/remedy.ts";

const page = readFileSync(join(import.meta.dirname, "permissions.md"), "utf8");
const { sudo, asUser, asRootOutside, ...others } = remedyOf;
const all: readonly Remedy[] = [...Object.values(others), sudo("PID"), asUser("USER", "PID"), asRootOutside("PID")];
const row = ({ does, command, weakens }: Remedy) =>
  `| ${does} | ${command === null ? "" : `\`${command}\``} | ${weakens} |`;

test.each(all.map((remedy) => [remedy.does, remedy] as const))("%s", (_, remedy) =>
  expect(page).toContain(row(remedy)),
);
