// A drawn recording whose files are given as text in; the lines that it keeps, at each level of privacy, out.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DrawnSite, recordSites } from "../../test/fixtures/recorded-sites.ts";
import { expectOk, read, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { sourceAround } from "../analysis/source.ts";
import { redactRecording } from "../evidence/redact.ts";
import { verifyRecording } from "../evidence/verify.ts";
import type { Privacy } from "./privacy.ts";

const file = "/srv/app/web.py";
const site: DrawnSite = { type: "dict", function: "handler", file, line: 40, drawn: "+++" };
/** Line 42 has a secret in it, beside the line of the site, which is 41. */
const text = Array.from({ length: 60 }, (_, at) => (at === 41 ? 'password = "hunter2"' : `line ${at + 1}`)).join("\n");
const hash = "0".repeat(64);

function recorded(privacy: Privacy = "standard", files: Readonly<Record<string, string>> = { [file]: text }): string {
  const readSource = (name: string) => {
    const known = files[name];
    return known === undefined ? undefined : { hash, text: known };
  };
  return recordSites(join(temporaryFolder(), "a.refscope"), [site], { privacy, readSource });
}
const around = (path: string, line = 41, of = file) => sourceAround(read(path), of, line);

test("three lines on each side of a frame are kept, and what is secret in them is not", () => {
  const path = recorded();
  const found = around(path);
  expect(found?.hash).toBe(hash);
  expect(found?.lines.map(({ line }) => line)).toEqual([38, 39, 40, 41, 42, 43, 44]);
  expect(found?.lines.map((one) => one.text)).toContain('password = "***"');
  expect(expectOk(verifyRecording(path)).outcome).toBe("verified");
});

test("nothing is told of a line or a file that was not kept", () => {
  const path = recorded();
  expect([around(path, 20), around(path, 41, "/etc/passwd"), around(recorded("standard", {}))]).toEqual([
    null,
    null,
    null,
  ]);
});

test("minimal keeps no source, full keeps it as it is", () => {
  expect(around(recorded("minimal"))).toBeNull();
  expect(around(recorded("full"))?.lines[4]?.text).toBe('password = "hunter2"');
});

test("what is redacted has it masked, or not at all", () => {
  const path = recorded("full");
  const redacted = (level: "standard" | "minimal") => {
    const out = join(temporaryFolder(), "b.refscope");
    expectOk(redactRecording({ path, out, level }));
    return around(out);
  };
  expect(JSON.stringify(redacted("standard"))).not.toContain("hunter2");
  expect(redacted("standard")?.lines).toHaveLength(7);
  expect(redacted("minimal")).toBeNull();
});
