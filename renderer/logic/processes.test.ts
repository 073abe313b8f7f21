// In: drawn processes. Out: children below their parents, and each obstacle in words of its own.
import { expect, test } from "vitest";
import { failureCodes } from "../../shared/failures.ts";
import type { SeenProcess } from "../../shared/process-list.ts";
import { headline, isOnlyMine, listed, obstacle, uptime, withMine } from "./processes.ts";

const row = (pid: number, more: Partial<SeenProcess> = {}): SeenProcess => ({
  ...{ pid, name: "python", command: "python app.py", python: "3.12.1", build: ["release"], user: "ada" },
  ...{ rssBytes: 1, startedAt: null, attachable: true, reason: null, parent: 1, mine: true, ...more },
});
const refused = (code: string, more: Partial<SeenProcess> = {}) =>
  row(7, { attachable: false, reason: { code, cause: "it", fix: "" }, ...more });
const drawn = (rows: readonly SeenProcess[]) =>
  listed(rows).map(({ pid, depth, children }) => `${"  ".repeat(depth)}${pid}${children > 0 ? ` +${children}` : ""}`);

test("workers stand below their master, what can be recorded first", () => {
  const rows = [
    row(50, { attachable: false }),
    row(13, { parent: 10, attachable: false }),
    row(12, { parent: 10 }),
    row(10),
    row(14, { parent: 12 }),
    row(60, { parent: 50 }),
    row(70, { parent: null }),
  ];
  expect(drawn(rows)).toEqual(["50 +1", "  60", "10 +2", "  12 +1", "    14", "  13", "70"]);
});

test("a parent that is filtered out does not hide its children", () =>
  expect(drawn([row(12, { parent: 10 }), row(13, { parent: 10 })])).toEqual(["12", "13"]));

test("a circle of parents loses nobody", () =>
  expect(drawn([row(2, { parent: 3 }), row(3, { parent: 2 })])).toEqual(["2", "3"]));

test("one that is its own parent is listed once", () => expect(drawn([row(1, { parent: 1 })])).toEqual(["1"]));

test.each([
  [refused("ptrace-denied", { mine: false, user: "root" }), "belongs to root"],
  [refused("ptrace-denied"), "tracing not allowed"],
  [refused("unknown-version", { python: "2.7.18" }), "Python 2.7.18 not supported"],
  [refused("unknown-version", { python: null }), "version not readable"],
  [refused("unsupported-build", { build: ["release", "free-threaded"] }), "free-threaded build"],
  [
    refused("unsupported-machine", { reason: { code: "unsupported-machine", cause: "runs 32-bit x86 code", fix: "" } }),
    "32-bit program",
  ],
  [refused("traced"), "already traced"],
  [refused("foreign-agent"), "another tool is in it"],
  [refused("stopped"), "is stopped"],
  [refused("not-python"), "no Python in it"],
])("%#: said in words", (process, words) => expect(obstacle(process)).toBe(words));

test("none that a check can answer is told by its code alone", () => {
  const checked = failureCodes.filter((code) =>
    /^(zombie|stopped|traced|pypy|no-proc|not-python|unsupported-)/.test(code),
  );
  for (const code of [...checked, "remote-debug-disabled", "already-recorded", "layout-mismatch"])
    expect(obstacle(refused(code))).not.toBe(code);
});

test("the headline counts, the uptime does not go below nothing", () => {
  expect(headline([row(1), row(2, { attachable: false })])).toBe("2 Python processes, 1 can be recorded");
  expect(uptime("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:01:00Z"))).toBe(60);
  expect(uptime("2026-01-01T00:02:00Z", Date.parse("2026-01-01T00:01:00Z"))).toBe(0);
  expect(uptime(null, 0)).toBeUndefined();
});

test("my processes is a word of the filter", () => {
  expect(withMine("gunicorn", true)).toBe("gunicorn mine:yes");
  expect(isOnlyMine("gunicorn mine:yes")).toBe(true);
  expect(withMine("mine:yes gunicorn", false)).toBe("gunicorn");
});
