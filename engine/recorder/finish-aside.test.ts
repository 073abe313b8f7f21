// A recording that ends beside other work in; the same file as one that ends at once, and an engine that answers meanwhile, out.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectOk, feed, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { verifyRecording } from "../evidence/verify.ts";
import { reading } from "../queries.ts";
import { readStatus } from "../store/facts.ts";
import { openFile } from "../store/open.ts";
import { sealInThread } from "../store/seal-thread.ts";

const drawn = "+ + - +";
function begun() {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  feed(recorder, [drawn]);
  return { path, recorder };
}
const statusOf = (path: string) => expectOk(reading(path, (reader) => reader.file.status));
function rowsSealed(path: string): string {
  const { connection } = expectOk(openFile(path));
  const { manifest = "" } = readStatus(connection);
  connection.close();
  return manifest.slice(0, 64);
}

test("a large one is sealed in a thread: meanwhile it can be read, and afterwards it is as if it had been closed at once", async () => {
  const [atOnce, aside] = [begun(), begun()];
  expectOk(atOnce.recorder.finish(undefined));
  const gate = Promise.withResolvers<void>();
  const seal = async (path: string) => {
    await gate.promise;
    return await sealInThread(path);
  };
  const finishing = aside.recorder.finishAside(undefined, seal, 0);
  expect(statusOf(aside.path)).toBe("recording");
  expect(expectOk(reading(aside.path, (reader) => reader.recording().stored))).toEqual(
    expectOk(reading(atOnce.path, (reader) => reader.recording().stored)),
  );
  gate.resolve();
  expectOk(await finishing);
  expect(statusOf(aside.path)).toBe("closed");
  expect(existsSync(`${aside.path}-wal`)).toBe(false);
  expect(expectOk(verifyRecording(aside.path))).toMatchObject({ outcome: "verified", sealed: "bytes" });
  expect(rowsSealed(aside.path)).toBe(rowsSealed(atOnce.path));
});

test("a small one is closed at once", async () => {
  const { path, recorder } = begun();
  const finishing = recorder.finishAside(undefined);
  expect(statusOf(path)).toBe("closed");
  expectOk(await finishing);
});

test("one that was never sealed has lost nothing", async () => {
  const { path, recorder } = begun();
  const lost = { ok: true, value: undefined } as const;
  expectOk(await recorder.finishAside(undefined, () => Promise.resolve(lost), 0));
  expect(expectOk(reading(path, (reader) => reader.recording().stored))).toEqual({ allocations: 3, frees: 1 });
});
