// A drawn recording whose files are given as text in; the lines that it keeps, at each level of privacy, out.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DrawnSite, recordSites } from "../../test/fixtures/recorded-sites.ts";
import {
  expectOk,
  feed,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
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

test("C that a recording names is kept as well, read beside the module that it was built into", () => {
  const path = join(temporaryFolder(), "a.refscope");
  const asked: unknown[] = [];
  const readSource = (name: string, module?: string) => {
    asked.push([name, module]);
    return { hash, text: text.replace("password =", "#define TOKEN") };
  };
  const recorder = recorderAt(path, { readSource });
  feed(recorder, ["+"], { ...noDefinitions, modules: [{ path: "/app/fast.so", base: 0x7000n, size: 0x1000 }] });
  const chain = [
    { function: "Py_DECREF", file: "/usr/include/python3.11/object.h", line: 500 },
    { function: "loads", file: "/src/fast.c", line: 41 },
  ];
  recorder.sourceLine(0x7110n, chain);
  recorder.sourceLine(0x9000n, [{ function: "f", file: "/src/of no module.c", line: 1 }]);
  expectOk(recorder.finish(undefined));
  expect(asked).toEqual([["/src/fast.c", "/app/fast.so"]]);
  const lines = around(path, 41, "/src/fast.c")?.lines.map((one) => one.text);
  expect(lines).toEqual(["line 38", "line 39", "line 40", "line 41", '#define TOKEN "***"', "line 43", "line 44"]);
  expect(expectOk(verifyRecording(path)).outcome).toBe("verified");
});
