// Recordings full of secrets in; files in whose bytes there is not one of them, and a list of what left, out.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { milliseconds } from "../../shared/units.ts";
import { plantedSecrets } from "../../test/fixtures/planted-secrets.ts";
import { recordingsOfEachKind } from "../../test/fixtures/recordings.ts";
import {
  batchOf,
  expectOk,
  noDefinitions,
  read,
  recorderAt,
  target,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import { buildReport } from "../analysis/report.ts";
import { maskCommand } from "../preflight/mask.ts";
import type { Privacy } from "../recorder/privacy.ts";
import { redactRecording } from "./redact.ts";
import { verifyRecording } from "./verify.ts";

const secrets = plantedSecrets(200);
const bare = secrets.filter((secret) => secret.bare);
/** Not written out, because no file of ours names a home. */
const home = ["", "home", "ada"].join("/");
const places = 5;
/** Every fifth, for each place another part of them. */
const at = (place: number, from = secrets) => from.filter((_, index) => index % places === place);

/** Secrets in arguments, messages, paths, names of threads, modules, types and functions, and in notes. */
function recorded(privacy: Privacy): string {
  const path = join(temporaryFolder(), "a.refscope");
  const argv = ["python", "app.py", ...at(0).map(({ written }) => `--${written}`)];
  const recorder = recorderAt(path, {
    collected: ["lifecycle", "gil", "errors"],
    privacy,
    target: {
      ...target,
      build: [],
      command: maskCommand(argv, { homes: [] }),
      executable: `/opt/${at(2)[0]?.written}/python`,
    },
  });
  const definitions = {
    ...noDefinitions,
    messages: at(1).map(({ written }, key) => ({ key, text: `cannot log in with ${written}` })),
    codes: [...at(2), ...at(2, bare)].map(({ written }, id) => {
      return {
        id,
        function: bare[id]?.written ?? "f",
        file: `${home}/${written}/app.py`,
        firstLine: 1,
        lineTable: new Uint8Array(),
      };
    }),
    threads: at(3).map(({ written }, index) => ({
      id: index + 1,
      tid: index + 1,
      name: `worker ${written}`,
      kernelName: written,
    })),
    modules: at(4).map(({ written }, index) => ({
      path: `/srv/${written}/fast.so`,
      base: BigInt(index + 1) << 20n,
      size: 4096,
    })),
    types: bare.map(({ written }, id) => ({ id, name: `app.${written}` })),
    calls: at(4).map(({ written }, id) => ({ id, function: "PyErr_Clear", module: `/srv/${written}/fast.so` })),
  };
  expectOk(recorder.apply(batchOf({ sequence: 0, last: true }), definitions));
  // Names of attributes and keys of dicts, as they stand in a walk of the heap.
  const names = bare.filter(({ secret }) => /^\w+$/.test(secret)).map(({ secret }) => secret);
  const walk = Buffer.from(names.join("\0"));
  recorder.beside((writer) => writer.heap.chunk(1, 0, walk));
  recorder.beside((writer) =>
    writer.marks(secrets.map(({ written }, t) => ({ t: milliseconds(t), name: `after ${written}`, live: true }))),
  );
  for (const { written } of secrets) recorder.note(`The file ${written} was not found.`);
  expectOk(recorder.finish(undefined));
  return path;
}
const found = (path: string): readonly string[] => {
  const bytes = readFileSync(path);
  return secrets.filter(({ secret }) => bytes.includes(secret)).map(({ written }) => written);
};

test("200 secrets: none is in the bytes of a recording, unless all was asked for", () => {
  expect(found(recorded("standard"))).toEqual([]);
  expect(found(recorded("minimal"))).toEqual([]);
  expect(found(recorded("full")).length).toBeGreaterThan(150);
});

test.each(["minimal", "standard"] as const)("200 secrets: none is in a file redacted at %s", (level) => {
  const path = recorded("full");
  const redacted = expectOk(redactRecording({ path, out: `${path}-new`, level }));
  expect(found(`${path}-new`)).toEqual([]);
  expect(readFileSync(`${path}-new`).includes(home)).toBe(false);
  const snapshots = level === "minimal" ? [{ what: "parts of snapshots of the heap", rows: 1 }] : [];
  expect(redacted.removed).toEqual([{ what: "messages of exceptions", rows: at(1).length }, ...snapshots]);
  expect(redacted.replaced.length).toBe(redacted.of);
  expect(statSync(`${path}-new`).mode & 0o777).toBe(0o600);
  expect(expectOk(verifyRecording(`${path}-new`))).toMatchObject({ outcome: "verified", sealed: "bytes" });
  expect(read(`${path}-new`).facts.privacy).toBe(level);
});

test("the preview says what the file then is, and writes nothing", () => {
  const path = recorded("full");
  const preview = expectOk(redactRecording({ path, level: "standard" }));
  const written = expectOk(redactRecording({ path, out: `${path}-new`, level: "standard" }));
  expect(preview).toMatchObject({ out: null, bytes: null });
  expect([preview.of, preview.removed]).toEqual([written.of, written.removed]);
  expect(preview.replaced.map(({ from }) => from)).toEqual(written.replaced.map(({ from }) => from));
  expect(existsSync(`${path}-new`)).toBe(true);
});

test("what is equal stays equal, and differs in another file", () => {
  const path = recorded("full");
  const replaced = () => expectOk(redactRecording({ path, level: "minimal" })).replaced;
  const of = (what: string) =>
    new Map(
      replaced()
        .filter((row) => row.what === what)
        .map(({ from, to }) => [from, to]),
    );
  const [threads, again] = [of("thread"), of("thread")];
  expect(new Set(threads.values()).size).toBe(threads.size);
  expect([...threads.values()]).not.toEqual([...again.values()]);
});

test("what is not private is as it was", () => {
  for (const [kind, path] of recordingsOfEachKind(temporaryFolder())) {
    expectOk(redactRecording({ path, out: `${path}-new`, level: "standard" }));
    const plain = (of: string) => {
      const { errors, recording, ...report } = buildReport(read(of));
      const raised = errors?.raised.map(({ message: _, ...row }) => row);
      return { ...report, raised, recording: { ...recording, notObserved: [] } };
    };
    expect([kind, plain(`${path}-new`)]).toEqual([kind, plain(path)]);
  }
});

test("a recording that was changed is not sealed anew", () => {
  const path = recorded("standard");
  const connection = new Database(path);
  connection.exec("UPDATE code SET first_line = 2");
  connection.close();
  expect(redactRecording({ path, level: "standard" })).toMatchObject({ failure: { code: "bad-recording" } });
});

test("it is not written over itself, nor over what is no recording", () => {
  const path = recorded("standard");
  expect(redactRecording({ path, out: path, level: "standard" })).toMatchObject({ failure: { code: "usage" } });
  expect(redactRecording({ path, out: import.meta.filename, level: "standard" })).toMatchObject({
    failure: { code: "cannot-write" },
  });
});
